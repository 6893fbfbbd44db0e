import { parseJson } from '@hypersphere/engine';
import { z } from 'zod';
import type { ImageSet } from '../image-set';

/** One set in a packed file, without what follows the header. */
export interface Section extends Omit<ImageSet, 'images' | 'labels' | 'groups' | 'noisy'> {
  readonly count: number;
  readonly grouped: boolean;
}

export interface Header {
  readonly format: 1;
  /** Digest of what the file was made by. */
  readonly madeBy: string;
  readonly sets: Readonly<Record<string, Section>>;
}

const names = z.array(z.string()).optional();
const section = z
  .strictObject({
    count: z.int().min(0),
    grouped: z.boolean(),
    height: z.int().min(1),
    width: z.int().min(1),
    channels: z.int().min(1),
    classes: z.int().min(1),
    classNames: names,
    groupNames: names,
  })
  .refine(({ classes, classNames }) => classNames === undefined || classNames.length === classes);
const sets = z.strictObject({ train: section, validation: section, test: section, distractors: section.optional(), outsiders: section.optional() });
const schema = z.strictObject({ format: z.literal(1), madeBy: z.string(), sets });

/**
 * The header of a packed file; the order of its sets is the order in the file.
 *
 * @throws RangeError that says what is wrong with it
 */
export function parseHeader(text: string): Header {
  let header: unknown;
  try {
    header = parseJson(text);
  } catch (error) {
    throw new RangeError(`its header ${(error as Error).message}`);
  }
  if (!schema.safeParse(header).success) throw new RangeError('its header does not describe sets of images');
  return header as Header;
}

/** Bytes of images, labels and groups behind the header. */
export const bytesBehind = ({ sets }: Header): number =>
  Object.values(sets).reduce((sum, { count, grouped, height, width, channels }) => {
    const pixels = count * height * width * channels;
    return sum + pixels + padding(pixels) + (grouped ? 8 : 4) * count;
  }, 0);

export const padding = (length: number): number => (4 - (length % 4)) % 4;
