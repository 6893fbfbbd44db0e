import { describe, expect, it } from '@jest/globals';

import { hashedNgrams } from '../../src/text/hashed-ngrams';

describe('hashedNgrams', () => {
  // by a script of its own in Python: FNV-1a, finaliser of MurmurHash3, signs, log(1 + |count|), length 1
  it('has the places and values of an independent computation', () => {
    const bag = hashedNgrams('banana  bananas\nna\u0308\u{1F600}!', { features: 64 });
    const found = [...bag].flatMap((value, at) => (value === 0 ? [] : [[at, Math.round(value * 1e6) / 1e6]]));
    const [small, large, largest] = [0.163378, 0.258948, 0.379351];
    expect(found).toEqual([
      ...[[0, -large], [4, -small], [10, -small], [13, -small], [15, -small], [16, -small], [18, largest], [25, -large]],
      ...[[26, small], [27, -small], [31, -large], [34, small], [35, small], [38, -small], [39, small], [41, small]],
      ...[[46, large], [48, -small], [49, -small], [50, -small], [51, -small], [52, -large], [59, large], [60, small]],
    ]);
  });

  it('has length 1, and zeros for a text that is too short', () => {
    const bag = hashedNgrams('To whom it may concern');
    expect(bag).toHaveLength(16_384);
    expect(bag.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 6);
    expect(hashedNgrams('ab').every((value) => value === 0)).toBe(true);
  });

  it('keeps case, and takes composed and decomposed letters and all white space as the same', () => {
    expect(hashedNgrams('caf\u00e9 bar')).toEqual(hashedNgrams('cafe\u0301\n\tbar'));
    expect(hashedNgrams('Word')).not.toEqual(hashedNgrams('word'));
  });

  it.each([
    [{ features: 1000 }, 'hashedNgrams: features must be a power of 2 up to 2^30, got 1000'],
    [{ features: 0 }, 'hashedNgrams: features must be a power of 2 up to 2^30, got 0'],
    [{ lengths: [3, 0] }, 'hashedNgrams: lengths must be positive integers, got 0'],
  ])('refuses %j', (options, message) => expect(() => hashedNgrams('text', options)).toThrow(new RangeError(message)));
});
