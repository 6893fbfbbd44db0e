/** One image `[side, side, 3]`, values in [0, 1]. */
export interface Pixels {
  readonly side: number;
  readonly values: Float64Array;
}

export const channels = 3;

export const like = ({ side }: Pixels): Pixels => ({ side, values: new Float64Array(side * side * channels) });

export const mapValues = ({ side, values }: Pixels, change: (value: number, at: number) => number): Pixels => ({ side, values: values.map(change) });

/** Places outside an image: the last pixel again, mirrored about its edge, or about its centre. */
export type Border = 'nearest' | 'reflect' | 'reflect101';

/** The pixel that stands for place `at` of `size`. */
export function inside(at: number, size: number, border: Border): number {
  if (at >= 0 && at < size) return at;
  if (border === 'nearest') return at < 0 ? 0 : size - 1;
  const period = border === 'reflect' ? 2 * size : 2 * size - 2;
  const turned = ((at % period) + period) % period;
  return turned < size ? turned : (border === 'reflect' ? period - 1 : period) - turned;
}

/** Value between pixels, bilinear. */
export function sample({ side, values }: Pixels, place: { readonly y: number; readonly x: number; readonly channel: number }, border: Border): number {
  const [y, x] = [Math.floor(place.y), Math.floor(place.x)];
  const at = (row: number, column: number) => values[(inside(row, side, border) * side + inside(column, side, border)) * channels + place.channel] ?? 0;
  const [down, right] = [place.y - y, place.x - x];
  const upper = at(y, x) * (1 - right) + (right > 0 ? at(y, x + 1) * right : 0);
  return down > 0 ? upper * (1 - down) + (at(y + 1, x) * (1 - right) + (right > 0 ? at(y + 1, x + 1) * right : 0)) * down : upper;
}

/** Every pixel and channel of a new image from its place. */
export function fill(image: Pixels, valueAt: (y: number, x: number, channel: number) => number): Pixels {
  const result = like(image);
  let at = 0;
  for (let y = 0; y < image.side; y++) {
    for (let x = 0; x < image.side; x++) {
      for (let channel = 0; channel < channels; channel++) result.values[at++] = valueAt(y, x, channel);
    }
  }
  return result;
}

/** Weights of a normal distribution at whole steps up to `radius` on both sides, of sum 1. */
export function gaussianWeights(sigma: number, radius: number): number[] {
  const weights = Array.from({ length: 2 * radius + 1 }, (_, at) => Math.exp(-((at - radius) ** 2) / (2 * sigma * sigma)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
