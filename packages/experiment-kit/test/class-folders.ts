import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';

/**
 * A folder a class, with images that differ by class and by image.
 *
 * @returns `root`
 */
export function classFolders(root: string, classes = 12, imagesPerClass = 8): string {
  for (let label = 0; label < classes; label++) {
    const folder = join(root, `class-${String(label).padStart(2, '0')}`);
    mkdirSync(folder, { recursive: true });
    for (let at = 0; at < imagesPerClass; at++) writeFileSync(join(folder, `${at}.png`), drawn(label, at));
  }
  return root;
}

function drawn(label: number, at: number): Buffer {
  const canvas = createCanvas(24, 24);
  const context = canvas.getContext('2d');
  context.fillStyle = `hsl(${30 * label}, 80%, 50%)`;
  context.fillRect(at, label, 12, 8);
  return canvas.toBuffer('image/png');
}
