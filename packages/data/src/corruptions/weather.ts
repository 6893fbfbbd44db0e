import type { RandomStream } from '@hypersphere/engine';
import { motionBlur, zoomed } from './blur';
import { channels, fill, mapValues, type Pixels } from './pixels';

const maximum = (values: Float64Array) => values.reduce((most, value) => Math.max(most, value), -Infinity);
const minimum = (values: Float64Array) => values.reduce((least, value) => Math.min(least, value), Infinity);

/** `(x + a f) m / (m + a)`: f a plasma, m the largest value of the image. */
export function fog(image: Pixels, { amount, decay }: { readonly amount: number; readonly decay: number }, stream: RandomStream): Pixels {
  const most = maximum(image.values);
  const map = plasma(image.side, decay, stream);
  return mapValues(image, (value, at) => ((value + amount * (map[Math.floor(at / channels)] ?? 0)) * most) / (most + amount));
}

/**
 * A height map by diamonds and squares on a torus, from 0 to 1. Each level adds `w U(-w, w)` to the mean of four neighbours,
 * w = 100 at first and divided by `decay` from level to level.
 *
 * @param side a power of two
 */
export function plasma(side: number, decay: number, stream: RandomStream): Float64Array {
  const map = new Float64Array(side * side);
  const at = (y: number, x: number) => map[((y + side) % side) * side + ((x + side) % side)] ?? 0;
  let wibble = 100;
  for (let step = side; step >= 2; step /= 2, wibble /= decay) {
    const half = step / 2;
    const put = (y: number, x: number, neighbours: readonly number[]) => {
      const mean = neighbours.reduce((sum, value) => sum + value, 0) / 4;
      map[y * side + x] = mean + wibble * wibble * (2 * stream.uniform() - 1);
    };
    const each = (visit: (y: number, x: number) => void) => {
      for (let y = 0; y < side; y += step) for (let x = 0; x < side; x += step) visit(y, x);
    };
    each((y, x) => put(y + half, x + half, [at(y, x), at(y + step, x), at(y, x + step), at(y + step, x + step)]));
    each((y, x) => put(y, x + half, [at(y, x), at(y, x + step), at(y - half, x + half), at(y + half, x + half)]));
    each((y, x) => put(y + half, x, [at(y, x), at(y + step, x), at(y + half, x - half), at(y + half, x + half)]));
  }
  const least = minimum(map);
  const range = maximum(map) - least;
  return map.map((value) => (value - least) / range);
}

export interface Snowfall {
  readonly mean: number;
  readonly deviation: number;
  readonly zoom: number;
  /** Flakes below it melt. */
  readonly threshold: number;
  readonly radius: number;
  readonly sigma: number;
  /** Share of the image that keeps its colours. */
  readonly mix: number;
}

/** Flakes blurred along their fall, on the image and upside down, over an image whitened by its own grey. */
export function snow(image: Pixels, fall: Snowfall, stream: RandomStream): Pixels {
  const { side } = image;
  const flakes = Float64Array.from({ length: side * side }, () => fall.mean + fall.deviation * stream.normal());
  const enlarged = zoomed(fill(image, (y, x) => flakes[y * side + x] ?? 0), fall.zoom);
  const left = mapValues(enlarged, (value) => (value < fall.threshold ? 0 : Math.trunc(255 * Math.min(1, value)) / 255));
  const layer = motionBlur(left, { radius: fall.radius, sigma: fall.sigma, degrees: -135 + 90 * stream.uniform() }).values;
  const grey = (at: number) => 0.299 * (image.values[at] ?? 0) + 0.587 * (image.values[at + 1] ?? 0) + 0.114 * (image.values[at + 2] ?? 0);
  return mapValues(image, (value, at) => {
    const pixel = at - (at % channels);
    const white = Math.max(value, 1.5 * grey(pixel) + 0.5);
    return fall.mix * value + (1 - fall.mix) * white + (layer[pixel] ?? 0) + (layer[layer.length - channels - pixel] ?? 0);
  });
}

/** Adds to the value of hue, saturation and value. */
export function brighten(image: Pixels, amount: number): Pixels {
  return mapValues(image, (own, at) => {
    const pixel = at - (at % channels);
    const value = Math.max(image.values[pixel] ?? 0, image.values[pixel + 1] ?? 0, image.values[pixel + 2] ?? 0);
    const brighter = Math.min(1, value + amount);
    return value === 0 ? brighter : (own * brighter) / value;
  });
}

/** `(x - m) c + m`, m the mean of each channel. */
export function flatten(image: Pixels, factor: number): Pixels {
  const means = Array.from({ length: channels }, (_, channel) => {
    let sum = 0;
    for (let at = channel; at < image.values.length; at += channels) sum += image.values[at] ?? 0;
    return sum / image.side ** 2;
  });
  return mapValues(image, (value, at) => (value - (means[at % channels] ?? 0)) * factor + (means[at % channels] ?? 0));
}
