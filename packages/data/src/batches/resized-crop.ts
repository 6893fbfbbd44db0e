import type { RandomStream } from '@hypersphere/engine';
import type { ImageShape, ResizedCropOptions } from './augmentation-options';

/** A part of an image, in whole pixels. */
export interface CropBox {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

const tries = 10;

/**
 * Draws the part of an image that a random resized crop keeps: ten tries for one that fits, else the largest centred part whose
 * aspect is allowed.
 *
 *     w = round(sqrt(A r)),  h = round(sqrt(A / r)),  A = H W U(area),  r = exp(U(log aspect))
 *
 * @see Szegedy et al., Going Deeper with Convolutions (2015), section 6; torchvision's RandomResizedCrop
 */
export function drawCropBox({ height, width }: Pick<ImageShape, 'height' | 'width'>, { area, aspect }: ResizedCropOptions, stream: RandomStream): CropBox {
  for (let at = 0; at < tries; at++) {
    const pixels = height * width * between(area, stream);
    const ratio = Math.exp(between([Math.log(aspect[0]), Math.log(aspect[1])], stream));
    const [w, h] = [Math.round(Math.sqrt(pixels * ratio)), Math.round(Math.sqrt(pixels / ratio))];
    if (w > 0 && w <= width && h > 0 && h <= height) {
      return { top: stream.integer(height - h + 1), left: stream.integer(width - w + 1), height: h, width: w };
    }
  }
  const ratio = Math.min(aspect[1], Math.max(aspect[0], width / height));
  const [w, h] = width / height > ratio ? [Math.round(height * ratio), height] : [width, Math.round(width / ratio)];
  return { top: Math.floor((height - h) / 2), left: Math.floor((width - w) / 2), height: h, width: w };
}

const between = ([from, to]: readonly [number, number], stream: RandomStream) => from + (to - from) * stream.uniform();

/**
 * Scales a part of an image to the image's size, bilinear between the centres of pixels (`align_corners` false).
 *
 *     x = (x' + 1/2) w / W - 1/2, within [0, w - 1]
 *
 * @param from `[h, w, channels]`, left as it is
 * @param to of the same shape, is overwritten
 */
export function resizeCrop(from: Float32Array, to: Float32Array, { height, width, channels }: ImageShape, box: CropBox): void {
  const columns = taps(width, box.left, box.width);
  const rows = taps(height, box.top, box.height);
  let at = 0;
  for (let y = 0; y < height; y++) {
    const upper = (rows.first[y] ?? 0) * width;
    const lower = (rows.second[y] ?? 0) * width;
    const down = rows.share[y] ?? 0;
    for (let x = 0; x < width; x++) {
      const left = columns.first[x] ?? 0;
      const right = columns.second[x] ?? 0;
      const across = columns.share[x] ?? 0;
      let a = (upper + left) * channels;
      let b = (upper + right) * channels;
      let c = (lower + left) * channels;
      let d = (lower + right) * channels;
      for (let channel = 0; channel < channels; channel++) {
        const top = mix(from[a++] ?? 0, from[b++] ?? 0, across);
        to[at++] = mix(top, mix(from[c++] ?? 0, from[d++] ?? 0, across), down);
      }
    }
  }
}

const mix = (a: number, b: number, share: number) => a + (b - a) * share;

/** For each of `size` pixels the two source pixels and the share of the second. */
function taps(size: number, start: number, kept: number): { first: Int32Array; second: Int32Array; share: Float64Array } {
  const [first, second, share] = [new Int32Array(size), new Int32Array(size), new Float64Array(size)];
  for (let at = 0; at < size; at++) {
    const source = Math.max(0, ((at + 0.5) * kept) / size - 0.5);
    const whole = Math.min(kept - 1, Math.floor(source));
    first[at] = start + whole;
    second[at] = start + Math.min(kept - 1, whole + 1);
    share[at] = Math.min(1, source - whole);
  }
  return { first, second, share };
}
