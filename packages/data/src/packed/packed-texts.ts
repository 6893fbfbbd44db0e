import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeAtomically } from '@hypersphere/engine';
import type { LoadedTexts, TextSet } from '../text-set';

/* 'HYPRPACK', JSON of the parts, SHA-256 of all before it: the frame of packed images, so that one check serves both. */
const magic = Buffer.from('HYPRPACK');
const digestBytes = 32;

type Parts = Omit<LoadedTexts, 'packedDigest'>;
const numbers = ['labels', 'times', 'weekdays', 'forums', 'threads'] as const;

/** Writes the parts by a temporary name and rename. */
export async function writeTexts(path: string, madeBy: string, { train, validation, test }: Parts): Promise<void> {
  const plain = (set: TextSet) => ({ ...set, ...Object.fromEntries(numbers.map((name) => [name, Array.from(set[name])])) });
  const text = JSON.stringify({ format: 1, madeBy, train: plain(train), validation: plain(validation), test: plain(test) });
  const body = Buffer.concat([magic, Buffer.from(text)]);
  await writeAtomically(path, Buffer.concat([body, createHash('sha256').update(body).digest()]));
}

/**
 * Reads packed texts and checks their digest.
 *
 * @returns undefined if there is no such file
 * @throws RangeError that says what is wrong with a damaged file
 */
export async function readTexts(path: string, madeBy: string): Promise<LoadedTexts | undefined> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (bytes === undefined) return undefined;
  const body = bytes.subarray(0, Math.max(0, bytes.length - digestBytes));
  const digest = createHash('sha256').update(body).digest('hex');
  if (!magic.equals(body.subarray(0, magic.length)) || digest !== bytes.subarray(body.length).toString('hex')) throw new RangeError('its checksum does not match');
  const parts = JSON.parse(body.toString('utf8', magic.length)) as Parts & { readonly madeBy: string };
  if (parts.madeBy !== madeBy) throw new RangeError('it was made by another config');
  return { train: typed(parts.train), validation: typed(parts.validation), test: typed(parts.test), packedDigest: digest };
}

const typed = (set: TextSet): TextSet => ({
  ...set,
  labels: Int32Array.from(set.labels),
  times: Float64Array.from(set.times),
  weekdays: Int32Array.from(set.weekdays),
  forums: Int32Array.from(set.forums),
  threads: Int32Array.from(set.threads),
});
