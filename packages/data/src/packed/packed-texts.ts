import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseJson, writeAtomically } from '@hypersphere/engine';
import { z } from 'zod';
import type { LoadedTexts, TextSet } from '../text-set';

/* 'HYPRPACK', JSON of the parts, SHA-256 of all before it: the frame of packed images, so that one check serves both. */
const magic = Buffer.from('HYPRPACK');
const digestBytes = 32;

type Parts = Omit<LoadedTexts, 'packedDigest'>;
const ints = z.array(z.int());
const part = z
  .strictObject({
    texts: z.array(z.string()), labels: ints, times: z.array(z.number()), weekdays: ints, forums: ints, threads: ints,
    classes: z.int().min(0), forumNames: z.array(z.string()),
  })
  .refine((set) => numbers.every((name) => set[name].length === set.texts.length))
  .refine(({ labels, classes, forums, forumNames }) => within(labels, classes) && within(forums, forumNames.length));
const schema = z.strictObject({ format: z.literal(1), madeBy: z.string(), train: part, validation: part, test: part });
const within = (values: readonly number[], count: number) => values.every((value) => value >= 0 && value < count);

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
  const parts = partsOf(body.toString('utf8', magic.length));
  if (parts.madeBy !== madeBy) throw new RangeError('it was made by another config');
  return { train: typed(parts.train), validation: typed(parts.validation), test: typed(parts.test), packedDigest: digest };
}

function partsOf(text: string): z.infer<typeof schema> {
  let parts: unknown;
  try {
    parts = parseJson(text);
  } catch (error) {
    throw new RangeError(`it ${(error as Error).message}`);
  }
  const parsed = schema.safeParse(parts);
  if (!parsed.success) throw new RangeError('it does not hold sets of texts');
  return parsed.data;
}

const typed = (set: z.infer<typeof part>): TextSet => ({
  ...set,
  labels: Int32Array.from(set.labels),
  times: Float64Array.from(set.times),
  weekdays: Int32Array.from(set.weekdays),
  forums: Int32Array.from(set.forums),
  threads: Int32Array.from(set.threads),
});
