import { describe, expect, it } from '@jest/globals';
import { fuzzRuns } from '@hypersphere/testing/fuzz';
import fc from 'fast-check';

import { parseJson } from '../../src';

describe('parseJson', () => {
  it('gives what JSON.parse gives, for any value and any white space', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        return JSON.stringify(parseJson(text)) === JSON.stringify(JSON.parse(text));
      }),
      { numRuns: fuzzRuns(), seed: 1 },
    );
  });

  it('takes colons, brackets, quotes and escapes in strings for what they are', () => {
    const value = { 'a:"{[': ['\\', '\\"', ':', '}]', '\\\\"'], '': { ':': 1 } };
    expect(parseJson(JSON.stringify(value))).toEqual(value);
  });

  it('keeps __proto__ as a member, and changes no prototype', () => {
    const value = parseJson('{"__proto__":{"polluted":1}}') as object;
    expect([Object.keys(value), 'polluted' in value, 'polluted' in {}]).toEqual([['__proto__'], false, false]);
  });

  it.each([
    ['{"a":1', 'is no JSON'],
    ['', 'is no JSON'],
    ['NaN', 'is no JSON'],
    ['\ufeff{}', 'is no JSON'],
    ['{"a":1,"a":1}', 'has an object with the same key twice'],
    ['[{"b":{"a":1,"\\u0061":2}}]', 'has an object with the same key twice'],
    ['['.repeat(101) + ']'.repeat(101), 'is nested deeper than 100 levels'],
    ['{"a":'.repeat(1e6), 'is nested deeper than 100 levels'],
  ])('refuses %.20j', (text, message) => {
    expect(() => parseJson(text)).toThrow(new RangeError(message));
  });

  it('takes a hundred levels', () => {
    expect(parseJson('['.repeat(100) + ']'.repeat(100))).toHaveLength(1);
  });
});
