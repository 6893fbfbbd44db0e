import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';
import { type DataConfig, resolveDataConfig } from '../src/config';
import { packageFolder } from '../src/fetch/pinned-package';
import { loadData, packedPath } from '../src/load-data';
import { dataSets } from '../src/data-sets';
import { preparationOf } from '../src/preparation';

jest.setTimeout(60_000);
const root = temporaryFolder();
let run = 0;
beforeEach(() => {
  process.env['HYPERSPHERE_CACHE'] = join(root, String((run += 1)));
});

/** An IDX file with 28x28 images (rank 3) or labels (rank 1). */
function idx(rank: 1 | 3, count: number, value: (at: number) => number): Buffer {
  const header = Buffer.alloc(4 + 4 * rank);
  header.writeUInt32BE(0x0800 + rank);
  [count, 28, 28].slice(0, rank).forEach((size, at) => header.writeUInt32BE(size, 4 + 4 * at));
  return Buffer.concat([header, Buffer.from({ length: count * (rank === 3 ? 784 : 1) }).map((_, at) => value(at))]);
}

/** Puts small files where the fetched package would be: image i is full of i, its label is i mod 10. */
function plantMnist(): void {
  const [archive] = dataSets.mnist.packages();
  if (archive === undefined) throw new Error('mnist has no package');
  const contents: Record<string, Buffer> = {
    'data/train-images-idx3-ubyte': idx(3, 40, (at) => Math.floor(at / 784)),
    'data/train-labels-idx1-ubyte': idx(1, 40, (at) => at % 10),
    'data/t10k-images-idx3-ubyte': idx(3, 12, (at) => 100 + Math.floor(at / 784)),
    'data/t10k-labels-idx1-ubyte': idx(1, 12, (at) => at % 10),
  };
  for (const [file, bytes] of Object.entries(contents)) {
    const path = join(packageFolder(archive), file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  const files = Object.fromEntries(Object.keys(contents).map((file) => [file, 'not looked at']));
  writeFileSync(join(packageFolder(archive), 'contents.json'), JSON.stringify({ ...archive, files }));
}

const config = { name: 'mnist', trainImages: 25, validationImages: 15, testImages: 10 } satisfies DataConfig;
const path = () => packedPath(resolveDataConfig(config));

describe('loadData of a packed set', () => {
  it('splits the images, each once, with their labels', async () => {
    plantMnist();
    const { train, validation, test } = await loadData(config);
    const first = ({ images, labels }: typeof train) => [...labels].map((label, at) => [images[at * 784] ?? -1, label]);
    const development = [...first(train), ...first(validation)];
    expect([train, validation, test].map(({ labels, height, width }) => [labels.length, height, width])).toEqual([[25, 28, 28], [15, 28, 28], [10, 28, 28]]);
    expect(development.map(([image]) => image).sort((a = 0, b = 0) => a - b)).toEqual(Array.from({ length: 40 }, (_, at) => at));
    expect(development.every(([image = 0, label]) => label === image % 10)).toBe(true);
    expect(first(test).every(([image = 0, label]) => image >= 100 && label === (image - 100) % 10)).toBe(true);
  });

  it('packs once, and reads that afterwards without the package', async () => {
    plantMnist();
    const before = await loadData(config);
    rmSync(join(process.env['HYPERSPHERE_CACHE'] ?? '', 'data', 'packages'), { recursive: true });
    expect(await loadData(config)).toEqual(before);
  });

  it('makes a damaged packed file again, says so, and has the same digest', async () => {
    plantMnist();
    const before = await loadData(config);
    truncateSync(path(), 5000);
    const lines: string[] = [];
    const after = await loadData(config, { log: (line) => lines.push(line) });
    expect(after.packedDigest).toBe(before.packedDigest);
    expect(lines[0]).toMatch(/^the packed file .*\.pack is damaged \(its header promises \d+ bytes, it has 5000\): making it again$/);
    const bytes = readFileSync(path());
    bytes[4000] = (bytes[4000] ?? 0) ^ 255;
    writeFileSync(path(), bytes);
    expect(await loadData(config)).toEqual(before);
  });

  it('gives two at once the same', async () => {
    plantMnist();
    const [a, b] = await Promise.all([loadData(config), loadData(config)]);
    expect(a).toEqual(b);
  });

  it('says what preparation is left', async () => {
    expect(await preparationOf(config)).toMatchObject({ ready: false, downloadBytes: 11_496_804 });
    plantMnist();
    expect(await preparationOf(config)).toEqual({ ready: false, downloadBytes: 0, diskBytes: 50 * 784 });
    await loadData(config);
    expect(await preparationOf(config)).toEqual({ ready: true, downloadBytes: 0, diskBytes: 0 });
  });

  it('asks for no more images than there are', async () => {
    plantMnist();
    await expect(loadData({ ...config, trainImages: 26 })).rejects.toThrow('has 40 images, 41 are asked for');
  });
});

describe('loadData of generated images', () => {
  it('is a function of the config, in shapes as asked', async () => {
    const [a, b, other] = await Promise.all([{}, {}, { seed: 1 }].map((options) => loadData({ name: 'generated', channels: 3, imagesPerClass: 2, ...options })));
    expect(a).toEqual(b);
    expect(other?.packedDigest).not.toBe(a?.packedDigest);
    expect(a?.train).toMatchObject({ height: 16, width: 16, channels: 3, classes: 12 });
    expect(a?.train.images).toHaveLength(12 * 2 * 16 * 16 * 3);
    expect(a?.distractors?.classes).toBe(6);
  });

  it('has classes that are nearer to themselves than to others', async () => {
    const { train } = await loadData({ name: 'generated', groups: 1 });
    const distance = (i: number, j: number) => Math.hypot(...Array.from({ length: 256 }, (_, at) => (train.images[i * 256 + at] ?? 0) - (train.images[j * 256 + at] ?? 0)));
    const pairs = Array.from({ length: 960 }, (_, k) => k).map((k) => [k % 96, (k * 7 + 1) % 96] as const).filter(([i, j]) => i !== j);
    const mean = (same: boolean) => {
      const chosen = pairs.filter(([i, j]) => (train.labels[i] === train.labels[j]) === same).map(([i, j]) => distance(i, j));
      return chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
    };
    expect(mean(true)).toBeLessThan(0.8 * mean(false));
  });

  it('applies long tail and noise to the training set only', async () => {
    const small = { name: 'generated', height: 8, width: 8 } satisfies DataConfig;
    const plain = await loadData(small);
    const noisy = await loadData({ ...small, longTail: { ratio: 4 }, labelNoise: { share: 0.25, kind: 'closed' } });
    expect(noisy.train.labels.length).toBeLessThan(plain.train.labels.length);
    expect(noisy.train.noisy?.filter(Boolean)).toHaveLength(Math.round(noisy.train.labels.length / 4));
    expect([noisy.validation, noisy.test]).toEqual([plain.validation, plain.test]);
    const open = await loadData({ ...small, labelNoise: { share: 0.25, kind: 'open' } });
    expect(open.train.labels).toEqual(plain.train.labels);
    expect(open.train.images).not.toEqual(plain.train.images);
    expect(open).not.toHaveProperty('outsiders');
  });
});
