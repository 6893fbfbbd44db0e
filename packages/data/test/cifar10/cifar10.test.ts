import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';
import { cifarSplit } from '../../src/cifar10/split';
import { readLabels, readSheet } from '../../src/cifar10/sheet';
import { dataSets } from '../../src/data-sets';
import { packageFolder } from '../../src/fetch/pinned-package';
import { loadData } from '../../src/load-data';
import { png } from './made-sheet';

jest.setTimeout(60_000);
process.env['HYPERSPHERE_CACHE'] = temporaryFolder();

const noise = (length: number, start = 1) => {
  let state = start;
  return Uint8Array.from({ length }, () => (state = (state * 1103515245 + 12345) & 0x7fffffff) >>> 16);
};

describe('readSheet', () => {
  it('gives back every byte of every channel, an image a row', async () => {
    const pixels = noise(3 * 1024 * 3);
    expect(new Set(pixels).size).toBe(256);
    expect(await readSheet(png(1024, 3, pixels), 'sheet')).toEqual(pixels);
  });

  it.each([
    [png(1000, 1, noise(3000)), 'expected 1024 columns, got 1000'],
    [Buffer.from('no image'), 'expected a whole PNG, got something else'],
  ])('refuses another image', async (bytes, message) => {
    await expect(readSheet(bytes, 'sheet')).rejects.toThrow(`data: sheet is damaged: ${message}; 'npx nx run data:prepare -- cifar10' fetches it again`);
  });
});

describe('readLabels', () => {
  it.each([
    ['[1,2', 'expected JSON'],
    ['{}', 'expected a list of 2 labels, got object'],
    ['[1]', 'expected a list of 2 labels, got 1'],
    ['[1,10]', 'expected labels from 0 to 9, got 10'],
    ['[1,0.5]', 'expected labels from 0 to 9, got 0.5'],
  ])('refuses %s', (text, message) => {
    expect(() => readLabels(text, 'labels', { count: 2, classes: 10 })).toThrow(message);
  });
});

describe('cifarSplit', () => {
  const labels = { train: Int32Array.from({ length: 200 }, (_, at) => (at * 7) % 10), test: Int32Array.from({ length: 50 }, (_, at) => at % 10) };
  const config = { trainImages: 50, validationImages: 40, testImages: 30, splitSeed: 1 };
  const split = cifarSplit(config, labels, 10);
  const counts = (of: Int32Array, indices: Int32Array) => Array.from({ length: 10 }, (_, label) => indices.filter((at) => of[at] === label).length);

  it('takes equally many of each class, in order, none for two parts', () => {
    expect([counts(labels.train, split.train), counts(labels.train, split.validation), counts(labels.test, split.test)]).toEqual([5, 4, 3].map((count) => new Array<number>(10).fill(count)));
    expect(new Set([...split.train, ...split.validation]).size).toBe(90);
    expect([...split.train]).toEqual([...split.train].sort((a, b) => a - b));
  });

  it('keeps the validation images, and the training images of a smaller set', () => {
    const larger = cifarSplit({ ...config, trainImages: 160 }, labels, 10);
    expect(larger.validation).toEqual(split.validation);
    expect([...larger.train]).toEqual(expect.arrayContaining([...split.train]));
    expect(cifarSplit({ ...config, splitSeed: 2 }, labels, 10).train).not.toEqual(split.train);
  });

  it('asks for no more than there are', () => {
    expect(() => cifarSplit({ ...config, trainImages: 170 }, labels, 10)).toThrow(new RangeError('cifar10: class 0 has 20 training images, 21 are asked for'));
    expect(() => cifarSplit({ ...config, testImages: 60 }, labels, 10)).toThrow(new RangeError('cifar10: class 0 has 5 test images, 6 are asked for'));
  });
});

describe('loadData of cifar10', () => {
  const rows = 40;
  const sheet = (at: number) => noise(rows * 3072, at + 1);
  const labelOf = (at: number) => (at * 3) % 10;

  function plant(): void {
    const [archive] = dataSets.cifar10.packages();
    if (archive === undefined) throw new Error('cifar10 has no package');
    const contents: Record<string, Buffer | string> = {
      ...Object.fromEntries([0, 1, 2, 3, 4].map((at) => [`data_batch_${at + 1}.png`, png(1024, rows, sheet(at))])),
      'test_batch.png': png(1024, rows, sheet(5)),
      'train_lables.json': JSON.stringify(Array.from({ length: 5 * rows }, (_, at) => labelOf(at))),
      'test_lables.json': JSON.stringify(Array.from({ length: rows }, (_, at) => labelOf(at))),
    };
    for (const [file, bytes] of Object.entries(contents)) {
      mkdirSync(dirname(join(packageFolder(archive), file)), { recursive: true });
      writeFileSync(join(packageFolder(archive), file), bytes);
    }
    writeFileSync(join(packageFolder(archive), 'contents.json'), JSON.stringify({ ...archive, files: Object.fromEntries(Object.keys(contents).map((file) => [file, 'not looked at'])) }));
  }

  it('keeps each image with its label, across the sheets', async () => {
    plant();
    const { train, validation, test } = await loadData({ name: 'cifar10', trainImages: 100, validationImages: 100, testImages: 40 });
    expect([train, validation, test].map(({ labels, height, width, channels, classes }) => [labels.length, height, width, channels, classes])).toEqual([[100, 32, 32, 3, 10], [100, 32, 32, 3, 10], [40, 32, 32, 3, 10]]);
    const key = (images: Uint8Array, at: number) => images.slice(at * 3072, at * 3072 + 16).join();
    const official = new Map([0, 1, 2, 3, 4].flatMap((of) => Array.from({ length: rows }, (_, at) => [key(sheet(of), at), of * rows + at] as const)));
    const origins = [train, validation].flatMap(({ images, labels }) => [...labels].map((label, at) => ({ label, from: official.get(key(images, at)) ?? -1 })));
    expect(origins.every(({ label, from }) => label === labelOf(from))).toBe(true);
    expect(new Set(origins.map(({ from }) => from)).size).toBe(200);
    expect(test.images).toEqual(sheet(5));
  });
});
