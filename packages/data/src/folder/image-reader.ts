import { HypersphereError } from '@hypersphere/engine';
import type { Outcome } from './decode-block';
import { decodePool, usualWorkers } from './decode-pool';
import { decodableImages, type ImageShape } from './image-decoder';
import { type ListedImage, unreadable } from './list-set';
import { shownName, shownNames } from './shown-name';

/** So many images go to a thread at once. */
const blockImages = 16;
const reportEvery = 50_000;

export interface ReaderOptions {
  /** The images' paths start there. */
  readonly root: string;
  /** What they are fitted to. */
  readonly shape: ImageShape;
  /** Number of images that will be read. */
  readonly total: number;
  readonly log?: (line: string) => void;
  /** Threads that decode; no pixel depends on it. Default: one for each core, none for few images. */
  readonly workers?: number;
}

export interface ImageReader {
  /** The pixels of listed images in their order, a block at a time; a block is overwritten once the next is asked for. */
  read(images: readonly ListedImage[]): AsyncGenerator<Uint8Array>;
}

/**
 * Reads and decodes images, and says in the log what had to be done to them. Images that cannot be decoded are counted to the end:
 * the last of `total` images throws.
 *
 * @throws HypersphereError (while reading) that names the images that cannot be decoded, or that changed since they were listed
 */
export function imageReader({ root, shape, total, log, workers = usualWorkers(total) }: ReaderOptions): ImageReader {
  const [pool, bad] = [decodePool(workers), [] as string[]];
  const counts = { done: 0, cropped: 0, resampled: 0, untouched: 0 };

  function note(path: string, outcome: Outcome): void {
    if (outcome.state === 'unreadable') throw unreadable(path, Object.assign(new Error(outcome.code), { code: outcome.code }));
    if (outcome.state === 'changed') throw new HypersphereError(`data.folder: ${shownName(path)} changed while the images were being read. Try again when nothing writes there`);
    if (outcome.state === 'undecodable') return void bad.push(path);
    if (outcome.cropped && counts.cropped === 0) {
      const { height, width } = outcome.size;
      log?.(`${shownName(path)} is ${height} pixels high and ${width} wide: images whose aspect differs by more than 2 % from ${shape.height} to ${shape.width} are centre-cropped. Are the images aligned?`);
    }
    counts.cropped += outcome.cropped ? 1 : 0;
    counts.resampled += outcome.resampled ? 1 : 0;
    counts.untouched += outcome.cropped || outcome.resampled ? 0 : 1;
  }

  function end(): void {
    if (bad.length > 0) {
      throw new HypersphereError(
        `data.folder: ${bad.length} of ${total} images cannot be decoded as ${decodableImages}: ${shownNames(bad)}. Replace or remove them, and try again`,
      );
    }
    log?.(`${total} images: ${counts.untouched} taken as they are, ${counts.cropped} centre-cropped, ${counts.resampled} scaled`);
  }

  const imageBytes = shape.height * shape.width * shape.channels;
  /** One a block under way, and one that is being written: threads fill them in place, nothing is copied. */
  const pixelBuffers = (count: number): Uint8Array[] => Array.from({ length: count }, () => new Uint8Array(new SharedArrayBuffer(blockImages * imageBytes)));

  async function* read(images: readonly ListedImage[]): AsyncGenerator<Uint8Array> {
    const pending: { readonly outcomes: Promise<readonly Outcome[]>; readonly listed: readonly ListedImage[]; readonly pixels: Uint8Array }[] = [];
    const buffers = pixelBuffers(Math.min(pool.jobsAhead + 1, Math.ceil(images.length / blockImages)));
    let begun = 0;
    const begin = (): void => {
      for (; begun < images.length && pending.length < pool.jobsAhead; begun += blockImages) {
        const listed = images.slice(begun, begun + blockImages);
        const pixels = buffers[(begun / blockImages) % buffers.length]!.subarray(0, listed.length * imageBytes);
        const outcomes = pool.decode({ root, images: listed, shape, pixels });
        outcomes.catch(() => undefined); // told of when its turn comes
        pending.push({ outcomes, listed, pixels });
      }
    };
    for (begin(); pending[0] !== undefined; begin()) {
      const { outcomes, listed, pixels } = pending[0];
      const found = await outcomes;
      pending.shift();
      begin(); // decoding goes on while these pixels are written
      found.forEach((outcome, at) => note(listed[at]?.path ?? '', outcome));
      yield pixels;
      counts.done += listed.length;
      if (counts.done % reportEvery < listed.length && counts.done >= reportEvery) log?.(`decoded ${counts.done} of ${total} images`);
    }
  }

  return {
    async *read(images) {
      let whole = false;
      try {
        yield* read(images);
        whole = true;
      } finally {
        if (!whole || counts.done === total) await pool.close();
      }
      if (counts.done === total) end();
    },
  };
}
