import { statSync } from 'node:fs';
import { join } from 'node:path';
import { gatherImages, imageReader } from '@hypersphere/data';

import { makeImageFolder } from './image-folder';
import type { InputSize } from './item';

/** Images before the clock starts: threads are up by then. */
const WARM_UP = 256;

/** Times files to normalised batches, as the first pass over a folder set: decoded into memory, gathered from there. */
async function main(size: InputSize): Promise<void> {
  makeImageFolder(size);
  const { folder: root, side, batch, workers } = size;
  const images = Array.from({ length: size.images }, (_, at) => {
    const path = `${at}.${size.format}`;
    return { path, size: statSync(join(root, path)).size, modified: 0 };
  });
  const shape = { height: side, width: side, channels: 3 as const };
  const pixels = new Uint8Array(size.images * side * side * 3);
  const normalised = new Float32Array(batch * side * side * 3); // each batch takes the memory of the last
  const set = { ...shape, images: pixels, labels: new Int32Array(size.images), classes: 1 };
  const reader = imageReader({ root, shape, total: size.images, workers });
  let [read, batched, start, startedAt] = [0, 0, 0, 0];
  for await (const block of reader.read(images)) {
    pixels.set(block, read * side * side * 3);
    read += block.length / (side * side * 3);
    for (; batched + batch <= read; batched += batch) gatherImages(set, Array.from({ length: batch }, (_, at) => batched + at), normalised);
    if (start === 0 && read >= WARM_UP) [start, startedAt] = [performance.now(), read];
  }
  const milliseconds = (1e6 * (performance.now() - start)) / (1000 * (size.images - startedAt));
  console.log(JSON.stringify({ milliseconds: [milliseconds], versions: [`node ${process.versions.node}`] }));
}

void main(JSON.parse(process.argv[2] ?? '{}') as InputSize);
