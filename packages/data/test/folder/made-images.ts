import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';

export type Colour = readonly [red: number, green: number, blue: number, alpha?: number];
type Format = 'png' | 'jpeg' | 'webp';

/** An encoded image whose pixels are `colour(x, y)`. */
export function encoded(width: number, height: number, colour: (x: number, y: number) => Colour, format: Format = 'png'): Buffer {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  for (let at = 0; at < width * height; at++) {
    const [red, green, blue, alpha = 255] = colour(at % width, Math.floor(at / width));
    image.data.set([red, green, blue, alpha], 4 * at);
  }
  context.putImageData(image, 0, 0);
  return format === 'png' ? canvas.toBuffer('image/png') : format === 'jpeg' ? canvas.toBuffer('image/jpeg', 100) : canvas.toBuffer('image/webp', 100);
}

export const plain = (value: number, format: Format = 'png', width = 8, height = 8): Buffer => encoded(width, height, () => [value, value, value], format);

/** Writes files below a root, making folders. */
export function plant(root: string, files: Readonly<Record<string, Uint8Array | string>>): void {
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  }
}

/** A set with the given numbers of images a class; image i of class c is full of `first + 10 c + i`. */
export const setFiles = (set: string, sizes: Readonly<Record<string, number>>, first = 0): Record<string, Buffer> =>
  Object.fromEntries(
    Object.entries(sizes).flatMap(([name, count], label) =>
      Array.from({ length: count }, (_, at) => [`${set}/${name}/${at}.png`, plain(first + 10 * label + at)] as const)),
  );
