import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { randomStream } from '@hypersphere/engine';

import type { InputSize } from './item';

const JPEG_QUALITY = 90;

/** Fills a folder with discs on coloured grounds under noise, `0.jpeg` and so on; drawn at the first call, the same each time. */
export function makeImageFolder({ folder, format, images, fileHeight: height, fileWidth: width }: InputSize): void {
  const whole = join(folder, 'whole');
  if (existsSync(whole)) return;
  mkdirSync(folder, { recursive: true });
  const context = createCanvas(width, height).getContext('2d');
  for (let image = 0; image < images; image++) {
    const stream = randomStream(0, 'generated-data', 'bench-input', image);
    const colour = (): string => `rgb(${stream.integer(256)}, ${stream.integer(256)}, ${stream.integer(256)})`;
    context.fillStyle = colour();
    context.fillRect(0, 0, width, height);
    for (let disc = 0; disc < 8; disc++) {
      context.fillStyle = colour();
      context.beginPath();
      context.arc(stream.integer(width), stream.integer(height), 10 + stream.integer(60), 0, 2 * Math.PI);
      context.fill();
    }
    const pixels = context.getImageData(0, 0, width, height);
    for (let at = 0; at < pixels.data.length; at++) if (at % 4 !== 3) pixels.data[at] = (pixels.data[at] ?? 0) + 24 * (stream.uniform() - 0.5);
    context.putImageData(pixels, 0, 0);
    writeFileSync(join(folder, `${image}.${format}`), format === 'jpeg' ? context.canvas.toBuffer('image/jpeg', JPEG_QUALITY) : context.canvas.toBuffer('image/png'));
  }
  writeFileSync(whole, '');
}
