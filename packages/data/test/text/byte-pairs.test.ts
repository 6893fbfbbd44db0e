import { describe, expect, it } from '@jest/globals';

import { bytePairs } from '../../src/text/byte-pairs';

const text = "Hello world, don't panic! 123 \u00e9\u{1F600}";
const filled = (row: Int32Array): number[] => [...row].filter((token) => token > 0);

describe('bytePairs', () => {
  // by a naive merge in Python over GPT-2's ranks, cut to the first vocabulary - 1
  it.each([
    [257, [40, 69, 76, 76, 79, 221, 87, 79, 82, 76, 68, 12, 221, 68, 79, 78, 7, 84, 221, 80, 65, 78, 73, 67, 1, 221, 17, 18, 19, 221, 128, 103, 173, 254, 247, 223]],
    [1000, [40, 696, 79, 996, 12, 837, 471, 280, 273, 292, 1, 353, 18, 19, 221, 128, 103, 173, 254, 247, 223]],
    [4096, [40, 696, 79, 996, 12, 837, 471, 3426, 292, 1, 1106, 19, 221, 2635, 173, 254, 247, 223]],
    [50_257, [15497, 996, 12, 837, 471, 13620, 1, 17032, 38252, 47250, 223]],
  ])('with a vocabulary of %i has the tokens of an independent computation', (vocabulary, tokens) => {
    expect(filled(bytePairs(text, { vocabulary }))).toEqual(tokens);
  });

  it('fills with 0 and cuts', () => {
    expect([...bytePairs('Hello', { vocabulary: 1000, tokens: 5 })]).toEqual([40, 696, 79, 0, 0]);
    expect([...bytePairs('Hello', { vocabulary: 1000, tokens: 2 })]).toEqual([40, 696]);
    expect(bytePairs('')).toEqual(new Int32Array(256));
  });

  it('takes the name of a special token as text', () => {
    expect(filled(bytePairs('<|endoftext|>')).length).toBeGreaterThan(3);
  });

  it.each([
    [{ vocabulary: 256 }, 'bytePairs: vocabulary must be an integer from 257 to 50257, got 256'],
    [{ vocabulary: 60_000 }, 'bytePairs: vocabulary must be an integer from 257 to 50257, got 60000'],
    [{ tokens: 0 }, 'bytePairs: tokens must be a positive integer, got 0'],
  ])('refuses %j', (options, message) => expect(() => bytePairs('text', options)).toThrow(new RangeError(message)));
});
