import { join } from 'node:path';
import { readPlainFile } from '@hypersphere/engine';
import { type DecodedImage, type ImageDecoder, imageDecoder, type ImageShape, mostImageBytes } from './image-decoder';
import type { ListedImage } from './list-set';

/** Images to read and decode; plain data, so that a worker thread can be told. */
export interface DecodeJob {
  /** The images' paths start there. */
  readonly root: string;
  readonly images: readonly ListedImage[];
  /** What they are fitted to. */
  readonly shape: ImageShape;
  /** uint8 `[n, h, w, channels]` in shared memory: the pixels go there, as zeros where an image has none. */
  readonly pixels: Uint8Array;
}

/** What became of one image. */
export type Outcome =
  | ({ readonly state: 'decoded' } & DecodedImage)
  | { readonly state: 'undecodable' }
  | { readonly state: 'changed' }
  | { readonly state: 'unreadable'; readonly code: string };

/** Reads and decodes the images of a job, one after the other. */
export async function decodeBlock({ root, images, shape, pixels }: DecodeJob): Promise<Outcome[]> {
  const size = shape.height * shape.width * shape.channels;
  const decode = imageDecoder(shape);
  const outcomes: Outcome[] = [];
  for (const image of images) {
    const into = pixels.subarray(outcomes.length * size, (outcomes.length + 1) * size);
    const outcome = await decodeOne(join(root, image.path), image.size, { decode, into });
    if (outcome.state !== 'decoded') into.fill(0);
    outcomes.push(outcome);
  }
  return outcomes;
}

async function decodeOne(path: string, size: number, { decode, into }: { decode: ImageDecoder; into: Uint8Array }): Promise<Outcome> {
  let bytes: Buffer;
  try {
    // on a thread of its own, an asynchronous read would only take longer
    bytes = readPlainFile(path, mostImageBytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EFBIG') return { state: 'undecodable' };
    if (code === 'ENOTFILE') return { state: 'changed' };
    if (code === undefined) throw error;
    return { state: 'unreadable', code };
  }
  if (bytes.length !== size) return { state: 'changed' };
  const decoded = await decode(bytes, into);
  return decoded === undefined ? { state: 'undecodable' } : { state: 'decoded', ...decoded };
}
