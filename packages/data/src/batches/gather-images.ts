import { type ImageSet, pixelsOf } from '../image-set';

/** What each byte becomes: a table is three times as fast as the arithmetic. */
const NORMALISED = Float32Array.from({ length: 256 }, (_, value) => (value - 127.5) / 128);

/**
 * The pixels of some images as the networks take them.
 *
 *     x = (v - 127.5) / 128
 *
 * @param set a set of n images
 * @param indices which, b of them, 0 to n - 1
 * @param into where they go, `[b, h, w, channels]`; default: new memory, which for large batches takes as long as the arithmetic
 * @returns `into`: float32 in [-0.996, 0.996]
 * @throws RangeError if an index is not in the set, or `into` has another size
 */
export function gatherImages(set: ImageSet, indices: ArrayLike<number>, into?: Float32Array): Float32Array {
  const size = pixelsOf(set);
  const pixels = into ?? new Float32Array(indices.length * size);
  if (pixels.length !== indices.length * size) throw new RangeError(`gatherImages: into must hold ${indices.length} x ${size} numbers, got ${pixels.length}`);
  for (let at = 0; at < indices.length; at++) {
    const index = indices[at] ?? -1;
    if (!(index >= 0 && index < set.labels.length)) {
      throw new RangeError(`gatherImages: an index must be in 0..${set.labels.length - 1}, got ${index}`);
    }
    const image = set.images.subarray(index * size, (index + 1) * size);
    const to = at * size;
    for (let pixel = 0; pixel < size; pixel++) pixels[to + pixel] = NORMALISED[image[pixel] as number] as number;
  }
  return pixels;
}

/** The labels of some images, int32 `[b]`. */
export const gatherLabels = (set: ImageSet, indices: ArrayLike<number>): Int32Array =>
  Int32Array.from({ length: indices.length }, (_, at) => set.labels[indices[at] ?? 0] ?? 0);
