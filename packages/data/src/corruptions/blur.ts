import type { RandomStream } from '@hypersphere/engine';
import { type Border, channels, fill, gaussianWeights, inside, mapValues, type Pixels } from './pixels';

/** Gaussian blur along both axes, weights up to `truncate` deviations. */
export function gaussianBlur(image: Pixels, sigma: number, { border, truncate }: { readonly border: Border; readonly truncate: number }): Pixels {
  const radius = Math.trunc(truncate * sigma + 0.5);
  if (radius === 0) return image;
  const weights = gaussianWeights(sigma, radius);
  const { side } = image;
  const read = ({ values }: Pixels, y: number, x: number, channel: number) => values[(y * side + x) * channels + channel] ?? 0;
  const sum = (at: (step: number) => number) => weights.reduce((total, weight, tap) => total + weight * at(tap - radius), 0);
  const across = fill(image, (y, x, channel) => sum((step) => read(image, y, inside(x + step, side, border), channel)));
  return fill(image, (y, x, channel) => sum((step) => read(across, inside(y + step, side, border), x, channel)));
}

const kernelRadius = 4;

/** A lens out of focus: a disc, its edge smoothed by a Gaussian of 3 by 3 pixels. */
export function defocusBlur(image: Pixels, radius: number, edgeSigma: number): Pixels {
  const kernel = discKernel(radius, edgeSigma);
  return fill(image, (y, x, channel) =>
    kernel.reduce((sum, { down, right, weight }) => {
      const at = inside(y + down, image.side, 'reflect101') * image.side + inside(x + right, image.side, 'reflect101');
      return sum + weight * (image.values[at * channels + channel] ?? 0);
    }, 0),
  );
}

function discKernel(radius: number, edgeSigma: number): { down: number; right: number; weight: number }[] {
  const steps = Array.from({ length: 2 * kernelRadius + 1 }, (_, at) => at - kernelRadius);
  const isIn = (down: number, right: number) => down * down + right * right <= radius * radius;
  const area = steps.flatMap((down) => steps.filter((right) => isIn(down, right))).length;
  const soft = gaussianWeights(edgeSigma, 1);
  const weightAt = (down: number, right: number) =>
    soft.reduce((sum, a, i) => sum + soft.reduce((part, b, j) => part + (isIn(down + i - 1, right + j - 1) ? a * b : 0), 0), 0) / area;
  return steps.flatMap((down) => steps.map((right) => ({ down, right, weight: weightAt(down, right) }))).filter(({ weight }) => weight > 0);
}

export interface Motion {
  /** 2 radius + 1 pixels have a weight. */
  readonly radius: number;
  readonly sigma: number;
  readonly degrees: number;
}

/** One-sided Gaussian along a line: `sum_k w_k x(p + round(k (cos, sin)))`, as ImageMagick's motion blur. */
export function motionBlur(image: Pixels, { radius, sigma, degrees }: Motion): Pixels {
  const weights = gaussianWeights(sigma, 2 * radius).slice(2 * radius);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const angle = (degrees * Math.PI) / 180;
  const offsets = weights.map((weight, k) => ({ weight: weight / sum, down: Math.ceil(k * Math.sin(angle) - 0.5), right: Math.ceil(k * Math.cos(angle) - 0.5) }));
  return fill(image, (y, x, channel) =>
    offsets.reduce((total, { weight, down, right }) => {
      const at = inside(y + down, image.side, 'nearest') * image.side + inside(x + right, image.side, 'nearest');
      return total + weight * (image.values[at * channels + channel] ?? 0);
    }, 0),
  );
}

/** The centre enlarged, trimmed to the size of the image, linear between pixels. */
export function zoomed(image: Pixels, factor: number): Pixels {
  const { side, values } = image;
  const kept = Math.ceil(side / factor);
  const size = Math.round(kept * factor);
  const [top, trim] = [Math.floor((side - kept) / 2), Math.floor((size - side) / 2)];
  const places = Array.from({ length: side }, (_, at) => top + ((at + trim) * (kept - 1)) / (size - 1));
  return fill(image, (y, x, channel) => {
    const [down, right] = [places[y] ?? 0, places[x] ?? 0];
    const [row, column] = [Math.floor(down), Math.floor(right)];
    const at = (row * side + column) * channels + channel;
    const [below, beside] = [row + 1 < side ? side * channels : 0, column + 1 < side ? channels : 0];
    const [up, low] = [between(values[at] ?? 0, values[at + beside] ?? 0, right - column), between(values[at + below] ?? 0, values[at + below + beside] ?? 0, right - column)];
    return between(up, low, down - row);
  });
}

const between = (a: number, b: number, share: number) => a + (b - a) * share;

/** Mean of the image and of `count` zooms of it: 1, 1.01, 1.02 ... */
export function zoomBlur(image: Pixels, count: number): Pixels {
  const sum = mapValues(image, (value) => value);
  for (let at = 0; at < count; at++) zoomed(image, 1 + 0.01 * at).values.forEach((value, pixel) => (sum.values[pixel] = (sum.values[pixel] ?? 0) + value));
  return mapValues(sum, (value) => value / (count + 1));
}

/**
 * Frosted glass: blur, pixels take the place of a neighbour above or to the left, blur. The released script means to exchange
 * both; since it exchanges views of one array, the neighbour's value ends in both places, and so it is here.
 */
export function glassBlur(image: Pixels, { sigma, passes }: { readonly sigma: number; readonly passes: number }, stream: RandomStream): Pixels {
  const soft = { border: 'nearest', truncate: 4 } as const;
  const shaken = mapValues(gaussianBlur(image, sigma, soft), (value) => Math.trunc(255 * value) / 255);
  const { side, values } = shaken;
  for (let pass = 0; pass < passes; pass++) {
    for (let y = side - 1; y > 1; y--) {
      for (let x = side - 1; x > 1; x--) {
        const right = stream.integer(2) - 1;
        const from = ((y + stream.integer(2) - 1) * side + x + right) * channels;
        values.copyWithin((y * side + x) * channels, from, from + channels);
      }
    }
  }
  return gaussianBlur(shaken, sigma, soft);
}
