import { describe, expect, it } from '@jest/globals';
import { longTailed, longTailSizes } from '../../src/train-set/long-tail';

describe('longTailSizes', () => {
  it('falls exponentially from n to n / ratio', () => {
    expect(longTailSizes(100, 5, { ratio: 16, smallest: 2 })).toEqual([100, 50, 25, 13, 6]);
    expect(longTailSizes(16, 3, { ratio: 100, smallest: 2 })).toEqual([16, 2, 2]);
    expect(longTailSizes(16, 3, { ratio: 1, smallest: 2 })).toEqual([16, 16, 16]);
  });
});

describe('longTailed', () => {
  const labels = Int32Array.from({ length: 80 }, (_, at) => Math.floor(at / 16));
  const set = { images: Uint8Array.from(labels.keys()), labels, height: 1, width: 1, channels: 1, classes: 5 };
  const sizesOf = (seed: number) => {
    const result = longTailed(set, { ratio: 8, smallest: 2 }, seed);
    return Array.from({ length: 5 }, (_, label) => result.labels.filter((other) => other === label).length);
  };

  it('keeps every class and its images, in some order of sizes', () => {
    expect(sizesOf(1).sort((a, b) => b - a)).toEqual([16, 10, 6, 3, 2]);
    const result = longTailed(set, { ratio: 8, smallest: 2 }, 1);
    result.images.forEach((image, at) => expect(result.labels[at]).toBe(labels[image]));
    expect(new Set(result.images).size).toBe(result.images.length);
  });

  it('chooses the large classes by the seed', () => {
    expect(sizesOf(1)).toEqual(sizesOf(1));
    expect([2, 3, 4].some((seed) => sizesOf(seed).join() !== sizesOf(1).join())).toBe(true);
  });
});
