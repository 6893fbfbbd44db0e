import type { RandomStream } from '@hypersphere/engine';
import { defocusBlur, glassBlur, motionBlur, zoomBlur } from './blur';
import { elastic, pixelate, throughJpeg } from './digital';
import { gaussianNoise, impulseNoise, shotNoise } from './noise';
import type { Pixels } from './pixels';
import { brighten, flatten, fog, snow } from './weather';

export type Severity = 1 | 2 | 3 | 4 | 5;
type Change = (image: Pixels, stream: RandomStream) => Pixels | Promise<Pixels>;

/** A corruption from its constants at severities 1 to 5. */
const graded = <T>(levels: readonly [T, T, T, T, T], change: (image: Pixels, level: T, stream: RandomStream) => Pixels | Promise<Pixels>) => (severity: Severity): Change => {
  const level = levels[severity - 1] as T;
  return (image, stream) => change(image, level, stream);
};

const snowfall = ([mean, deviation, zoom, threshold, radius, sigma, mix]: readonly [number, number, number, number, number, number, number]) =>
  ({ mean, deviation, zoom, threshold, radius, sigma, mix });

/** With the constants for images of 32 pixels; `frost` is missing, since it needs photographs. */
const corruptions = {
  gaussian_noise: graded([0.04, 0.06, 0.08, 0.09, 0.1], gaussianNoise),
  shot_noise: graded([500, 250, 100, 75, 50], shotNoise),
  impulse_noise: graded([0.01, 0.02, 0.03, 0.05, 0.07], impulseNoise),
  defocus_blur: graded([[0.3, 0.4], [0.4, 0.5], [0.5, 0.6], [1, 0.2], [1.5, 0.1]], (image, [radius = 0, edge = 0]) => defocusBlur(image, radius, edge)),
  glass_blur: graded([[0.05, 1], [0.25, 1], [0.4, 1], [0.25, 2], [0.4, 2]], (image, [sigma = 0, passes = 0], stream) => glassBlur(image, { sigma, passes }, stream)),
  motion_blur: graded([[6, 1], [6, 1.5], [6, 2], [8, 2], [9, 2.5]], (image, [radius = 0, sigma = 0], stream) =>
    motionBlur(image, { radius, sigma, degrees: -45 + 90 * stream.uniform() })),
  zoom_blur: graded([7, 12, 16, 21, 26], zoomBlur),
  snow: graded(
    [
      snowfall([0.1, 0.2, 1, 0.6, 8, 3, 0.95]), snowfall([0.1, 0.2, 1, 0.5, 10, 4, 0.9]), snowfall([0.15, 0.3, 1.75, 0.55, 10, 4, 0.9]),
      snowfall([0.25, 0.3, 2.25, 0.6, 12, 6, 0.85]), snowfall([0.3, 0.3, 1.25, 0.65, 14, 12, 0.8]),
    ],
    snow,
  ),
  fog: graded([[0.2, 3], [0.5, 3], [0.75, 2.5], [1, 2], [1.5, 1.75]], (image, [amount = 0, decay = 1], stream) => fog(image, { amount, decay }, stream)),
  brightness: graded([0.05, 0.1, 0.15, 0.2, 0.3], brighten),
  contrast: graded([0.75, 0.5, 0.4, 0.3, 0.15], flatten),
  elastic_transform: graded([[0, 0, 0.08], [0.05, 0.2, 0.07], [0.08, 0.06, 0.06], [0.1, 0.04, 0.05], [0.1, 0.03, 0.03]], (image, [alpha = 0, sigma = 0, affine = 0], stream) =>
    elastic(image, { alpha: image.side * alpha, sigma: image.side * sigma, affine: image.side * affine }, stream)),
  pixelate: graded([0.95, 0.9, 0.85, 0.75, 0.65], pixelate),
  jpeg_compression: graded([80, 65, 58, 50, 40], throughJpeg),
} as const;

export type CorruptionName = keyof typeof corruptions;
export const corruptionNames = Object.keys(corruptions) as readonly CorruptionName[];

interface SquareImages {
  /** uint8 `[n, 32, 32, 3]`. */
  readonly images: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * Common corruptions of images of 32 by 32 pixels, as CIFAR-10-C has them.
 *
 * @param set the images, left as they are
 * @param name which of the standard fifteen, but for `frost`
 * @param severity 1 to 5, where each has its constant
 * @param stream draws the random part: one for a name and severity, so that all models see the same images
 * @returns uint8 of the same shape
 * @throws RangeError if name or severity is not known, or the images are of another shape
 * @see Hendrycks and Dietterich, Benchmarking Neural Network Robustness to Common Corruptions and Perturbations (2019),
 *   https://arxiv.org/abs/1903.12261; constants of https://github.com/hendrycks/robustness, make_cifar_c.py
 */
export async function corrupt({ images, height, width, channels }: SquareImages, name: CorruptionName, severity: Severity, stream: RandomStream): Promise<Uint8Array> {
  if (!Object.hasOwn(corruptions, name)) throw new RangeError(`corrupt: name must be one of ${corruptionNames.join(', ')}, got ${JSON.stringify(name)}`);
  if (!Number.isInteger(severity) || severity < 1 || severity > 5) throw new RangeError(`corrupt: severity must be 1, 2, 3, 4 or 5, got ${severity}`);
  if (height !== 32 || width !== 32 || channels !== 3) throw new RangeError(`corrupt: images must be 32 by 32 pixels of 3 channels, as its constants are for, got ${height} by ${width} of ${channels}`);
  const change = corruptions[name](severity);
  const size = height * width * channels;
  const result = new Uint8Array(images.length);
  for (let start = 0; start < images.length; start += size) {
    const image = { side: height, values: Float64Array.from(images.subarray(start, start + size), (value) => value / 255) };
    const { values } = await change(image, stream);
    // cut off, not rounded, as the released images are; the small number keeps what is already a byte
    values.forEach((value, at) => (result[start + at] = Math.trunc(255 * Math.min(1, Math.max(0, value)) + 1e-9)));
  }
  return result;
}
