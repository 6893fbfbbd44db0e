import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';
import { imageReader } from '../../src/folder/image-reader';
import type { ListedImage } from '../../src/folder/list-set';
import { encoded, plant } from './made-images';

jest.setTimeout(40_000);

const root = temporaryFolder();
const shape = { height: 6, width: 5, channels: 3 } as const;
// of many sizes, so that some threads are done sooner; more images than the blocks that are under way together
const names = Array.from({ length: 150 }, (_, at) => `${at}.${at % 2 === 0 ? 'png' : 'jpg'}`);

beforeAll(() => {
  plant(root, Object.fromEntries(names.map((name, at) => [name, encoded(5 + (at % 40), 6 + (at % 60), (x, y) => [at, 7 * x, 11 * y], at % 2 === 0 ? 'png' : 'jpeg')])));
});

const listed = (): ListedImage[] => names.map((path) => ({ path, size: statSync(join(root, path)).size, modified: 0 }));

async function read(images: readonly ListedImage[], workers: number): Promise<Buffer> {
  const reader = imageReader({ root, shape, total: images.length, workers });
  const blocks: Uint8Array[] = [];
  // in two parts, as training and test are
  for (const part of [images.slice(0, 100), images.slice(100)]) for await (const block of reader.read(part)) blocks.push(block.slice());
  return Buffer.concat(blocks);
}

describe('imageReader', () => {
  it('gives the same bytes in the same order with 0, 1 and 2 threads', async () => {
    const [none, one, two] = [await read(listed(), 0), await read(listed(), 1), await read(listed(), 2)];
    expect(none).toHaveLength(150 * 90);
    expect([one.equals(none), two.equals(none)]).toEqual([true, true]);
    // the first red of each PNG says which image it is
    expect(Array.from({ length: 75 }, (_, at) => none[2 * at * 90])).toEqual(Array.from({ length: 75 }, (_, at) => 2 * at));
  });

  it.each([0, 1])('leaves a block alone until the next is asked for, with %i threads', async (workers) => {
    const [images, whole] = [listed(), await read(listed(), 0)];
    const blocks: Uint8Array[] = [];
    for await (const block of imageReader({ root, shape, total: images.length, workers }).read(images)) {
      await read(images.slice(0, 101), 0); // time for threads to go on
      blocks.push(block.slice());
    }
    expect(Buffer.concat(blocks).equals(whole)).toBe(true);
  });

  it.each([0, 1])('names what cannot be read, with %i threads', async (workers) => {
    const images = listed();
    writeFileSync(join(root, '20.png'), 'x'.repeat(images[20]?.size ?? 0));
    await expect(read(images, workers)).rejects.toThrow('data.folder: 1 of 150 images cannot be decoded as JPEG, PNG or WebP of up to 100 megapixels: "20.png". Replace or remove them');
    writeFileSync(join(root, '20.png'), 'longer'.repeat(1000));
    await expect(read(images, workers)).rejects.toThrow('data.folder: "20.png" changed while the images were being read');
    rmSync(join(root, '20.png'));
    await expect(read(images, workers)).rejects.toThrow('data.folder: cannot read "20.png" in the folder that HYPERSPHERE_DATA names: it is gone');
    plant(root, { '20.png': encoded(9, 9, () => [20, 0, 0]) });
  });
});
