import type { RandomStream } from '@hypersphere/engine';

export interface AugmentationOptions {
  /** Each image is mirrored left to right with probability 1/2. */
  readonly mirror?: boolean;
  /** Each image moves by up to so many whole pixels on each axis; the border comes in as `padding`. */
  readonly shiftPixels?: number;
  /** Value of pixels that come in from outside or are erased. */
  readonly padding?: number;
  /** Side of the erased square as a share of the shorter side, 0 to 1; 0 erases nothing. */
  readonly eraseShare?: number;
  /** How likely an image loses a square. */
  readonly eraseProbability?: number;
  /** Standard deviation of normal noise on the normalised scale. */
  readonly noise?: number;
}

export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * Light augmentation of a batch: mirror, shift, erased square, noise, drawn for each image from the stream.
 *
 * @param images float32 `[b, h, w, channels]`, left as it is
 * @param shape h, w, channels
 * @param options what to do; by default nothing
 * @param stream of the step: randomStream(seed, 'augmentation', step)
 * @returns float32 of the same shape
 * @throws RangeError if an option is out of range, TypeError if `mirror` is neither true nor false
 */
export function augment(images: Float32Array, shape: ImageShape, options: AugmentationOptions, stream: RandomStream): Float32Array {
  const { mirror = false, shiftPixels = 0, padding = -127.5 / 128, eraseShare = 0, eraseProbability = eraseShare > 0 ? 0.5 : 0, noise = 0 } = options;
  if (typeof mirror !== 'boolean') throw new TypeError(`augment: mirror must be true or false, got ${JSON.stringify(mirror)}`);
  check('shiftPixels', shiftPixels, Math.min(shape.height, shape.width) - 1);
  check('eraseShare', eraseShare, 1);
  check('eraseProbability', eraseProbability, 1);
  check('noise', noise, Infinity);
  if (!Number.isInteger(shiftPixels)) throw new RangeError(`augment: shiftPixels must be whole, got ${shiftPixels}`);
  const size = shape.height * shape.width * shape.channels;
  const result = new Float32Array(images.length);
  for (let start = 0; start < images.length; start += size) {
    const [image, to] = [images.subarray(start, start + size), result.subarray(start, start + size)];
    // drawn only if asked for, so that the draws of other configs stay what they were
    const from = mirror && stream.uniform() < 0.5 ? mirrored(image, shape) : image;
    const down = stream.integer(2 * shiftPixels + 1) - shiftPixels;
    const right = stream.integer(2 * shiftPixels + 1) - shiftPixels;
    shift(from, to, shape, { down, right, padding });
    if (eraseProbability > 0 && stream.uniform() < eraseProbability) erase(to, shape, eraseShare, padding, stream);
    if (noise > 0) for (let at = 0; at < size; at++) to[at] = (to[at] ?? 0) + noise * stream.normal();
  }
  return result;
}

function check(name: string, value: number, most: number): void {
  if (!(value >= 0 && value <= most)) throw new RangeError(`augment: ${name} must be from 0 to ${most}, got ${value}`);
}

function mirrored(image: Float32Array, { height, width, channels }: ImageShape): Float32Array {
  const result = new Float32Array(image.length);
  const rowValues = width * channels;
  for (let row = 0; row < height * rowValues; row += rowValues) {
    for (let at = 0; at < rowValues; at += channels) {
      // a subarray for each pixel would take ten times as long
      for (let channel = 0; channel < channels; channel++) result[row + at + channel] = image[row + rowValues - channels - at + channel] as number;
    }
  }
  return result;
}

function shift(from: Float32Array, to: Float32Array, { height, width, channels }: ImageShape, move: { down: number; right: number; padding: number }): void {
  const { down, right, padding } = move;
  to.fill(padding);
  const rowValues = width * channels;
  const kept = (width - Math.abs(right)) * channels;
  for (let y = Math.max(0, down); y < Math.min(height, height + down); y++) {
    const source = (y - down) * rowValues + Math.max(0, -right) * channels;
    to.set(from.subarray(source, source + kept), y * rowValues + Math.max(0, right) * channels);
  }
}

function erase(image: Float32Array, { height, width, channels }: ImageShape, share: number, value: number, stream: RandomStream): void {
  const side = Math.max(1, Math.round(share * Math.min(height, width)));
  const [top, left] = [stream.integer(height - side + 1), stream.integer(width - side + 1)];
  for (let y = top; y < top + side; y++) image.fill(value, (y * width + left) * channels, (y * width + left + side) * channels);
}
