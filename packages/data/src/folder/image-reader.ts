import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HypersphereError } from '@hypersphere/engine';
import { type DecodedImage, type ImageDecoder, imageDecoder, type ImageShape } from './image-decoder';
import { type ListedImage, unreadable } from './list-set';
import { shownName, shownNames } from './shown-name';

/** So many images are read and decoded at once: no more is in memory. */
const blockImages = 16;
const reportEvery = 50_000;

export interface ImageReader {
  /** The pixels of listed images in their order, a block at a time. */
  read(images: readonly ListedImage[]): AsyncGenerator<Uint8Array>;
}

/**
 * Reads and decodes images, and says in the log what had to be done to them. Images that cannot be decoded are counted to the end:
 * the last of `total` images throws.
 *
 * @param root the images' paths start there
 * @param shape what they are fitted to
 * @param total number of images that will be read
 * @throws HypersphereError (while reading) that names the images that cannot be decoded, or that changed since they were listed
 */
export function imageReader(root: string, shape: ImageShape, total: number, log?: (line: string) => void): ImageReader {
  const [decode, bad] = [imageDecoder(shape), [] as string[]];
  const counts = { done: 0, cropped: 0, resampled: 0, untouched: 0 };
  const size = shape.height * shape.width * shape.channels;

  function note(path: string, image: DecodedImage): void {
    if (image.cropped && counts.cropped === 0) {
      const { height, width } = image.size;
      log?.(`${shownName(path)} is ${height} pixels high and ${width} wide: images whose aspect differs by more than 2 % from ${shape.height} to ${shape.width} are centre-cropped. Are the images aligned?`);
    }
    counts.cropped += image.cropped ? 1 : 0;
    counts.resampled += image.resampled ? 1 : 0;
    counts.untouched += image.cropped || image.resampled ? 0 : 1;
  }

  function end(): void {
    if (bad.length > 0) {
      throw new HypersphereError(
        `data.folder: ${bad.length} of ${total} images cannot be decoded as JPEG, PNG or WebP: ${shownNames(bad)}. Replace or remove them, and try again`,
      );
    }
    log?.(`${total} images: ${counts.untouched} taken as they are, ${counts.cropped} centre-cropped, ${counts.resampled} scaled`);
  }

  return {
    async *read(images) {
      for (let start = 0; start < images.length; start += blockImages) {
        const listed = images.slice(start, start + blockImages);
        const block = new Uint8Array(listed.length * size);
        const decoded = await Promise.all(listed.map((one) => decodeOne(root, one, decode)));
        decoded.forEach((image, at) => {
          const { path } = listed[at] ?? { path: '' };
          if (image === undefined) return bad.push(path);
          note(path, image);
          block.set(image.pixels, at * size);
        });
        yield block;
        counts.done += listed.length;
        if (counts.done % reportEvery < listed.length && counts.done >= reportEvery) log?.(`decoded ${counts.done} of ${total} images`);
      }
      if (counts.done === total) end();
    },
  };
}

async function decodeOne(root: string, { path, size }: ListedImage, decode: ImageDecoder): Promise<DecodedImage | undefined> {
  const bytes = await readFile(join(root, path)).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (bytes.length !== size) throw new HypersphereError(`data.folder: ${shownName(path)} changed while the images were being read. Try again when nothing writes there`);
  return decode(bytes);
}
