import { expectClose } from '@hypersphere/testing';
import { describe, expect, it } from '@jest/globals';

import { scaleLowerBound } from '../../src';

/** CosFace, eq. 6, float64: classes, then P = 0.5, 0.9, 0.99, 0.9999. */
const TABLE = [
  [2, 0, 1.098612, 2.29756, 4.60512],
  [10, 1.977502, 3.955004, 6.11311, 10.266718],
  [1000, 6.899848, 9.094875, 11.490373, 16.100878],
  [10572, 9.264993, 11.46201, 13.859678, 18.474362],
] as const;

describe('scaleLowerBound', () => {
  it.each(TABLE)('%d classes', (classes, ...bounds) => {
    expectClose([0.5, 0.9, 0.99, 0.9999].map((p) => scaleLowerBound(classes, p)), bounds, { atol: 1e-6, rtol: 0 });
  });

  it('is the scale at which a regular simplex has that posterior', () => {
    const s = scaleLowerBound(5, 0.95);
    expectClose(Math.exp(s) / (Math.exp(s) + 4 * Math.exp(-s / 4)), 0.95);
  });

  it('says what is out of range', () => {
    expect(() => scaleLowerBound(1, 0.5)).toThrow(
      new RangeError('scaleLowerBound: classes must be an integer of at least 2, got 1'),
    );
    expect(() => scaleLowerBound(5, 1)).toThrow(new RangeError('scaleLowerBound: probability must be in (0, 1), got 1'));
  });
});
