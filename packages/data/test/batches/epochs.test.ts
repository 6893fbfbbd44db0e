import { describe, expect, it } from '@jest/globals';
import { classBalancedEpoch } from '../../src/batches/class-balanced-epoch';
import { shuffledEpoch } from '../../src/batches/shuffled-epoch';

describe('shuffledEpoch', () => {
  it('has full batches of different indices and drops the rest', () => {
    const batches = shuffledEpoch(23, 5, 7, 0);
    expect(batches.map(({ length }) => length)).toEqual([5, 5, 5, 5]);
    const all = batches.flatMap((batch) => [...batch]);
    expect(new Set(all).size).toBe(20);
    expect(all.every((index) => index >= 0 && index < 23)).toBe(true);
  });

  it('repeats for the same seed and epoch, differs for another of either', () => {
    expect(shuffledEpoch(100, 10, 7, 3)).toEqual(shuffledEpoch(100, 10, 7, 3));
    expect(shuffledEpoch(100, 10, 7, 4)).not.toEqual(shuffledEpoch(100, 10, 7, 3));
    expect(shuffledEpoch(100, 10, 8, 3)).not.toEqual(shuffledEpoch(100, 10, 7, 3));
  });

  it('drops each image about equally often over many epochs', () => {
    const seen = new Array<number>(7).fill(0);
    for (let epoch = 0; epoch < 700; epoch++) for (const batch of shuffledEpoch(7, 3, 1, epoch)) for (const index of batch) seen[index] = (seen[index] ?? 0) + 1;
    expect(Math.min(...seen)).toBeGreaterThan(550);
    expect(Math.max(...seen)).toBeLessThan(650);
  });

  it.each([0, 11, 2.5])('refuses a batch of %p of 10 images', (batchSize) => {
    expect(() => shuffledEpoch(10, batchSize, 1, 0)).toThrow(
      new RangeError(`shuffledEpoch: batchSize must be an integer from 1 to 10 (the number of images), got ${batchSize}`),
    );
  });
});

describe('classBalancedEpoch', () => {
  const labels = Int32Array.from({ length: 60 }, (_, at) => at % 6); // 6 classes of 10
  const balance = { classesPerBatch: 4, imagesPerClass: 3 };

  it('has P classes of K different images each, class by class', () => {
    const batches = classBalancedEpoch(labels, balance, 1, 0);
    expect(batches).toHaveLength(5);
    for (const batch of batches) {
      const classes = Array.from({ length: 4 }, (_, at) => [...batch.slice(3 * at, 3 * at + 3)].map((index) => labels[index]));
      expect(classes.every((members) => new Set(members).size === 1)).toBe(true);
      expect(new Set(classes.flat()).size).toBe(4);
      expect(new Set(batch).size).toBe(12);
    }
  });

  it('draws classes equally often', () => {
    const drawn = new Array<number>(6).fill(0);
    for (const batch of classBalancedEpoch(labels, { classesPerBatch: 2, imagesPerClass: 1 }, 1, 0)) for (const index of batch) drawn[labels[index] ?? 0]! += 1;
    expect(drawn).toEqual([10, 10, 10, 10, 10, 10]);
  });

  it('repeats images only of a class that has fewer than K', () => {
    const few = Int32Array.from([0, 0, 1, 1, 1, 1]);
    const [batch] = classBalancedEpoch(few, { classesPerBatch: 2, imagesPerClass: 4 }, 1, 0);
    const of = (label: number) => [...(batch ?? [])].filter((index) => few[index] === label);
    expect(of(1).sort()).toEqual([2, 3, 4, 5]);
    expect(of(0).sort()).toEqual([0, 0, 1, 1]);
  });

  it('is a function of seed and epoch', () => {
    expect(classBalancedEpoch(labels, balance, 1, 0)).toEqual(classBalancedEpoch(labels, balance, 1, 0));
    expect(classBalancedEpoch(labels, balance, 1, 1)).not.toEqual(classBalancedEpoch(labels, balance, 1, 0));
  });

  it('refuses more classes than there are', () => {
    expect(() => classBalancedEpoch(labels, { classesPerBatch: 7, imagesPerClass: 2 }, 1, 0)).toThrow(
      'classBalancedEpoch: classesPerBatch must be at most 6 (the number of classes), got 7',
    );
  });
});
