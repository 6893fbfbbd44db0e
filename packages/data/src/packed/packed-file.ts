import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { MadeSets, PackableSet } from '../data-source';
import type { ImageSet } from '../image-set';
import { bytesBehind, type Header, padding, parseHeader, type Section } from './packed-header';

/*
 * One file a config: 'HYPRPACK', length of the header (uint32, little-endian), header (JSON, padded with spaces to 4 bytes),
 * then images (uint8), labels (int32) and groups (int32) of each set, each padded to 4 bytes, then SHA-256 of all before it.
 */
const magic = Buffer.from('HYPRPACK');
const digestBytes = 32;

/** Of the largest header: a name for each of a million classes. */
const longestHeader = 2 ** 28;

export interface Packed {
  readonly sets: MadeSets;
  readonly digest: string;
}

type Images = PackableSet['images'];
type SetsOf<Of extends Images> = { readonly [Part in keyof MadeSets]: Omit<ImageSet, 'images'> & { readonly images: Of } };

/** Writes the sets to `path` by a temporary name, sync and rename; no second copy of the images is made. */
export async function writePacked(path: string, madeBy: string, sets: SetsOf<Images>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.part`;
  const hash = createHash('sha256');
  try {
    const file = await open(part, 'w');
    try {
      for (const piece of piecesOf(madeBy, sets)) {
        for await (const part of Symbol.asyncIterator in piece ? piece : [piece]) {
          update(hash, part);
          await file.writeFile(part);
        }
      }
      await file.writeFile(hash.digest());
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** SHA-256 that a packed file of these sets would have, without writing one. */
export function packedDigestOf(madeBy: string, sets: MadeSets): string {
  const hash = createHash('sha256');
  for (const piece of piecesOf(madeBy, sets)) update(hash, piece);
  return hash.digest('hex');
}

/**
 * Reads a packed file and checks its digest; the sets are views of one buffer.
 *
 * @returns undefined if there is no such file
 * @throws RangeError that says what is wrong with a damaged file
 */
export async function readPacked(path: string, madeBy: string): Promise<Packed | undefined> {
  const file = await openPacked(path);
  if (file === undefined) return undefined;
  try {
    const { size } = await file.stat();
    const { header, end } = await headerOf(file, size);
    if (header.madeBy !== madeBy) throw new RangeError('it was made by another config');
    const expected = end + bytesBehind(header) + digestBytes;
    if (size !== expected) throw new RangeError(`its header promises ${expected} bytes, it has ${size}`);
    const { body, digest } = checked(await readAll(file, size));
    return { sets: setsOf(header, body, end), digest };
  } finally {
    await file.close();
  }
}

/** True if the file's own checksum matches, whatever config made it. */
export async function isSoundPacked(path: string): Promise<boolean> {
  try {
    const file = await openPacked(path);
    if (file === undefined) return false;
    try {
      return checked(await readAll(file, (await file.stat()).size)).body.length > 0;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The header, read before memory is taken for the rest. */
async function headerOf(file: FileHandle, size: number): Promise<{ header: Header; end: number }> {
  const start = magic.length + 4;
  const first = Buffer.alloc(start);
  const { bytesRead } = await file.read(first, 0, start, 0);
  if (bytesRead < start || !magic.equals(first.subarray(0, magic.length))) throw new RangeError('it is no packed file');
  const length = first.readUInt32LE(magic.length);
  if (length > Math.min(longestHeader, size - start)) throw new RangeError(`its header would have ${length} bytes, ${size - start} follow`);
  if (length % 4 !== 0) throw new RangeError(`its header would have ${length} bytes, no multiple of 4`);
  const bytes = Buffer.alloc(length);
  await file.read(bytes, 0, length, start);
  return { header: parseHeader(bytes.toString('utf8')), end: start + length };
}

function checked(bytes: Buffer): { body: Buffer; digest: string } {
  const body = bytes.subarray(0, Math.max(0, bytes.length - digestBytes));
  if (body.length < magic.length + 4 || !magic.equals(body.subarray(0, magic.length))) throw new RangeError('it is no packed file');
  const digest = update(createHash('sha256'), body).digest('hex');
  if (digest !== bytes.subarray(body.length).toString('hex')) throw new RangeError('its checksum does not match');
  return { body, digest };
}

function* piecesOf<Of extends Images>(madeBy: string, sets: SetsOf<Of>): Generator<Uint8Array | Of> {
  const named = Object.entries<SetsOf<Of>['train'] | undefined>({ ...sets }).flatMap(([name, set]) => (set ? [[name, set] as const] : []));
  const header: Header = { format: 1, madeBy, sets: Object.fromEntries(named.map(([name, set]) => [name, sectionOf(set)])) };
  const text = Buffer.from(JSON.stringify(header));
  const padded = Buffer.concat([text, Buffer.alloc(padding(text.length), ' ')]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(padded.length);
  yield* [magic, length, padded];
  for (const [, { images, labels, groups, height, width, channels }] of named) {
    yield* [images, new Uint8Array(padding(labels.length * height * width * channels)), bytesOf(labels)];
    if (groups) yield bytesOf(groups);
  }
}

function sectionOf({ images: _images, labels, groups, noisy: _noisy, ...rest }: PackableSet): Section {
  return { ...rest, count: labels.length, grouped: groups !== undefined };
}

function setsOf(header: Header, body: Buffer, start: number): MadeSets {
  let at = body.byteOffset + start;
  const int32 = (count: number) => new Int32Array(body.buffer, (at += 4 * count) - 4 * count, count);
  const sets = Object.entries(header.sets).map(([name, { count, grouped, ...rest }]) => {
    const size = count * rest.height * rest.width * rest.channels;
    const images = new Uint8Array(body.buffer, at, size);
    at += size + padding(size);
    const labels = int32(count);
    if (labels.some((label) => label < 0 || label >= rest.classes)) throw new RangeError(`it has labels outside 0 to ${rest.classes - 1}`);
    return [name, { images, labels, ...(grouped && { groups: int32(count) }), ...rest }] as const;
  });
  return Object.fromEntries(sets) as unknown as MadeSets;
}

/** Node.js neither hashes nor reads 2 GiB in one call. */
const mostAtOnce = 2 ** 30;

function update(hash: Hash, bytes: Uint8Array): Hash {
  for (let at = 0; at < bytes.length; at += mostAtOnce) hash.update(bytes.subarray(at, at + mostAtOnce));
  return hash;
}

const bytesOf = (values: Int32Array) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** Undefined if there is none. */
async function openPacked(path: string): Promise<FileHandle | undefined> {
  try {
    if (!(await stat(path)).isFile()) throw new RangeError('it is no plain file');
    return await open(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The whole file in memory that worker threads can share, which starts at a multiple of 4 as int32 views need. */
async function readAll(file: FileHandle, size: number): Promise<Buffer> {
  const bytes = Buffer.from(new SharedArrayBuffer(size));
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, at, Math.min(mostAtOnce, bytes.length - at), at);
    if (bytesRead === 0) throw new RangeError('it ends too early');
    at += bytesRead;
  }
  return bytes;
}
