import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { RandomStream } from '@hypersphere/engine';
import { gaussianBlur } from './blur';
import { channels, fill, type Pixels, sample } from './pixels';

/** Shrinks by the mean of pixels, rounded to bytes, and enlarges by the nearest pixel. */
export function pixelate(image: Pixels, share: number): Pixels {
  const { side, values } = image;
  const size = Math.trunc(side * share);
  const scale = side / size;
  const ranges = Array.from({ length: size }, (_, at) => ({ from: Math.trunc(at * scale + 0.5), to: Math.min(side, Math.trunc((at + 1) * scale + 0.5)) }));
  const mean = (range: { from: number; to: number }, valueAt: (at: number) => number) => {
    let sum = 0;
    for (let at = range.from; at < range.to; at++) sum += valueAt(at);
    return Math.floor((255 * sum) / (range.to - range.from) + 0.5 + 1e-9) / 255; // halves go up
  };
  const narrow = Array.from({ length: side }, (_, y) => ranges.map((range) => [0, 1, 2].map((channel) => mean(range, (x) => values[(y * side + x) * channels + channel] ?? 0))));
  const small = ranges.map((range) => Array.from({ length: size }, (_, x) => [0, 1, 2].map((channel) => mean(range, (y) => narrow[y]?.[x]?.[channel] ?? 0))));
  const nearest = (at: number) => Math.min(size - 1, Math.trunc(((at + 0.5) * size) / side));
  return fill(image, (y, x, channel) => small[nearest(y)]?.[nearest(x)]?.[channel] ?? 0);
}

/** Through a JPEG of this quality, 0 to 100. */
export async function throughJpeg(image: Pixels, quality: number): Promise<Pixels> {
  const { side } = image;
  const context = createCanvas(side, side).getContext('2d');
  const data = context.createImageData(side, side);
  for (let at = 0; at < side * side; at++) data.data.set([0, 1, 2, 3].map((channel) => (channel < channels ? Math.trunc(255 * (image.values[at * channels + channel] ?? 0) + 0.5) : 255)), 4 * at);
  context.putImageData(data, 0, 0);
  const decoded = await loadImage(context.canvas.toBuffer('image/jpeg', quality));
  context.drawImage(decoded, 0, 0);
  const got = context.getImageData(0, 0, side, side).data;
  return fill(image, (y, x, channel) => (got[4 * (y * side + x) + channel] ?? 0) / 255);
}

export interface Elastic {
  /** Pixels by which the smoothed field moves. */
  readonly alpha: number;
  /** Pixels over which it is smoothed. */
  readonly sigma: number;
  /** Pixels by which three points of an affine map move. */
  readonly affine: number;
}

/** A random affine map, then a random smooth displacement of each pixel. */
export function elastic(image: Pixels, { alpha, sigma, affine }: Elastic, stream: RandomStream): Pixels {
  const { side } = image;
  const map = affineMap(side, affine, stream);
  const moved = fill(image, (y, x, channel) => sample(image, { ...map(x, y), channel }, 'reflect101'));
  if (alpha === 0) return moved;
  const field = fill(image, () => 2 * stream.uniform() - 1); // two of its three channels serve
  const smooth = gaussianBlur(field, sigma, { border: 'reflect', truncate: 3 }).values;
  return fill(image, (y, x, channel) => {
    const at = (y * side + x) * channels;
    return sample(moved, { y: y + alpha * (smooth[at] ?? 0), x: x + alpha * (smooth[at + 1] ?? 0), channel }, 'reflect');
  });
}

/** The map from the pixels of the result to those of the image, from three points near the centre that moved by up to `spread`. */
function affineMap(side: number, spread: number, stream: RandomStream): (x: number, y: number) => { x: number; y: number } {
  const [centre, arm] = [Math.floor(side / 2), Math.floor(side / 3)];
  const draw = () => spread * (2 * stream.uniform() - 1);
  // moves of the points (c + a, c + a), (c + a, c - a) and (c - a, c - a)
  const [p, q, r] = [{ x: draw(), y: draw() }, { x: draw(), y: draw() }, { x: draw(), y: draw() }];
  const reach = 2 * arm;
  const a = 1 + (q.x - r.x) / reach;
  const c = (q.y - r.y) / reach;
  const b = (p.x - q.x) / reach;
  const d = 1 + (p.y - q.y) / reach;
  const origin = { x: centre - arm + r.x, y: centre - arm + r.y };
  const determinant = a * d - b * c;
  return (x, y) => {
    const [right, down] = [x - origin.x, y - origin.y];
    return { x: centre - arm + (d * right - b * down) / determinant, y: centre - arm + (a * down - c * right) / determinant };
  };
}
