import type { RandomStream } from '@hypersphere/engine';
import { type AugmentationOptions, checkAugmentation, type ImageShape } from './augmentation-options';
import { changeColours } from './jitter-colours';
import { erase, mirrored, shift } from './move-image';
import { drawCropBox, resizeCrop } from './resized-crop';

/**
 * Augmentation of a batch, drawn for each image from the stream: resized crop, mirror, shift, colours, grey, erased square, noise.
 *
 * With `views` the result is view-major, as SupCon and SimCLR take it: a first view of each image in the order of the batch, then a
 * second of each, so that rows i and i + b are views of one image; `viewLabels` repeats the labels likewise.
 *
 * @param images float32 `[b, h, w, channels]`, left as it is
 * @param shape h, w, channels
 * @param options what to do; by default nothing
 * @param stream of the step: randomStream(seed, 'augmentation', step)
 * @returns float32 `[views b, h, w, channels]`
 * @throws RangeError if an option is not known or out of range, TypeError if `mirror` is neither true nor false
 */
export function augment(images: Float32Array, shape: ImageShape, options: AugmentationOptions, stream: RandomStream): Float32Array {
  checkAugmentation(options, shape);
  const { views = 1 } = options;
  const size = shape.height * shape.width * shape.channels;
  const result = new Float32Array(views * images.length);
  for (let start = 0; start < result.length; start += size) {
    const source = start % images.length;
    augmentOne(images.subarray(source, source + size), result.subarray(start, start + size), { shape, options, stream });
  }
  return result;
}

/** Labels of a batch of views, int32 `[views b]`: those of the images, once for each view. */
export function viewLabels(labels: Int32Array, { views = 1 }: Pick<AugmentationOptions, 'views'> = {}): Int32Array {
  const result = new Int32Array(views * labels.length);
  for (let view = 0; view < views; view++) result.set(labels, view * labels.length);
  return result;
}

interface Draw {
  readonly shape: ImageShape;
  readonly options: AugmentationOptions;
  readonly stream: RandomStream;
}

/** Draws only for what is asked for, so that the draws of other configs stay what they are. */
function augmentOne(image: Float32Array, to: Float32Array, { shape, options, stream }: Draw): void {
  const { resizedCrop, mirror = false, shiftPixels = 0, padding = -127.5 / 128, colourJitter, greyProbability = 0, eraseShare = 0, noise = 0 } = options;
  const { eraseProbability = eraseShare > 0 ? 0.5 : 0 } = options;
  let from = image;
  if (resizedCrop) {
    from = new Float32Array(image.length);
    resizeCrop(image, from, shape, drawCropBox(shape, resizedCrop, stream));
  }
  if (mirror && stream.uniform() < 0.5) from = mirrored(from, shape);
  const down = stream.integer(2 * shiftPixels + 1) - shiftPixels;
  const right = stream.integer(2 * shiftPixels + 1) - shiftPixels;
  shift(from, to, shape, { down, right, padding });
  if (shape.channels === 3) changeColours(to, { ...(colourJitter && { jitter: colourJitter }), greyProbability }, stream);
  if (eraseProbability > 0 && stream.uniform() < eraseProbability) erase(to, shape, { share: eraseShare, value: padding }, stream);
  if (noise > 0) for (let at = 0; at < to.length; at++) to[at] = (to[at] ?? 0) + noise * stream.normal();
}
