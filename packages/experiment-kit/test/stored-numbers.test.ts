import { describe, expect, it } from '@jest/globals';

import { storedCurve, storedMetrics } from '../src/stored-numbers';

describe('numbers in a record', () => {
  it('have seven significant digits', () => {
    expect(storedMetrics({ a: { value: 1 / 3, low: 1e-9 / 3, high: 123456.789, n: 12345678 } })).toEqual({ a: { value: 0.3333333, low: 3.333333e-10, high: 123456.8, n: 12345678 } });
  });

  it('are finite, or left out: JSON would make them null', () => {
    expect(storedMetrics({ a: { value: Number.NaN }, b: { value: 1, low: Number.NaN, high: Infinity } })).toEqual({ b: { value: 1 } });
    const point = { step: 1, loss: Number.NaN, learningRate: 0.1, validation: { x: Number.NaN, y: 0.5 } };
    expect(storedCurve([point])).toEqual([{ step: 1, loss: null, learningRate: 0.1, validation: { y: 0.5 } }]);
  });
});
