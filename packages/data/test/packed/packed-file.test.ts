import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';
import type { ImageSet } from '../../src/image-set';
import { isSoundPacked, packedDigestOf, readPacked, writePacked } from '../../src/packed/packed-file';

const folder = temporaryFolder();
const makeSet = (count: number, grouped: boolean): ImageSet => ({
  images: Uint8Array.from({ length: count * 9 }, (_, at) => (at * 7) % 256),
  labels: Int32Array.from({ length: count }, (_, at) => at % 3),
  ...(grouped && { groups: Int32Array.from({ length: count }, (_, at) => 1000 - at), groupNames: ['가', 'b'] }),
  height: 3, width: 3, channels: 1, classes: 3, classNames: ['각', '힝', 'x'],
});
const sets = { train: makeSet(5, true), validation: makeSet(3, false), test: makeSet(2, true), distractors: makeSet(1, true) };

async function written(name: string): Promise<string> {
  const path = join(folder, name);
  await writePacked(path, 'key', sets);
  return path;
}

describe('a packed file', () => {
  it('gives back what was written, with the digest known without writing', async () => {
    const path = await written('good.pack');
    const packed = await readPacked(path, 'key');
    expect(packed?.sets).toEqual(sets);
    expect(packed?.digest).toBe(packedDigestOf('key', sets));
    expect(await isSoundPacked(path)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('is the same when images come in blocks', async () => {
    async function* blocks(images: Uint8Array) {
      for (let at = 0; at < images.length; at += 9) yield await Promise.resolve(images.subarray(at, at + 9));
    }
    const path = await written('whole.pack');
    const streamed = join(folder, 'streamed.pack');
    await writePacked(streamed, 'key', { ...sets, train: { ...sets.train, images: blocks(sets.train.images) } });
    expect(readFileSync(streamed)).toEqual(readFileSync(path));
  });

  it('leaves nothing behind when the images stop coming', async () => {
    async function* failing() {
      yield await Promise.resolve(new Uint8Array(9));
      throw new Error('no more');
    }
    const path = join(folder, 'half.pack');
    await expect(writePacked(path, 'key', { ...sets, train: { ...sets.train, images: failing() } })).rejects.toThrow('no more');
    expect([existsSync(path), existsSync(`${path}.part`)]).toEqual([false, false]);
  });

  it('is undefined when there is none', async () => {
    expect(await readPacked(join(folder, 'none.pack'), 'key')).toBeUndefined();
  });

  it.each([0, 5, 40, 200])('is refused when cut to %i bytes', async (length) => {
    const path = await written('cut.pack');
    truncateSync(path, length);
    await expect(readPacked(path, 'key')).rejects.toThrow(RangeError);
    expect(await isSoundPacked(path)).toBe(false);
  });

  it('is refused when any one byte differs', async () => {
    const path = await written('flipped.pack');
    const bytes = readFileSync(path);
    for (const at of [3, 9, 30, bytes.length - 60, bytes.length - 1]) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      writeFileSync(path, flipped);
      await expect(readPacked(path, 'key')).rejects.toThrow(at === 3 ? 'it is no packed file' : at < 40 ? /^its header/ : 'its checksum does not match');
    }
  });

  it('is refused when another config made it', async () => {
    await expect(readPacked(await written('other.pack'), 'another key')).rejects.toThrow('it was made by another config');
  });

  it('leaves nothing behind when it cannot be written', async () => {
    const path = join(folder, 'bad.pack');
    const broken = { ...sets, train: { ...sets.train, images: { length: 45 } as Uint8Array } };
    await expect(writePacked(path, 'key', broken)).rejects.toThrow();
    expect([existsSync(path), existsSync(`${path}.part`)]).toEqual([false, false]);
  });
});
