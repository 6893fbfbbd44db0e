import { expectClose } from '@hypersphere/testing';
import { describe, expect, it } from '@jest/globals';

import { marginUpperBound } from '../../src';

/** CosFace, eq. 7, float64: classes, in 2 dimensions, in many. */
const TABLE = [
  [2, 2, 2],
  [3, 1.5, 1.5],
  [4, 1, 1.333333],
  [8, 0.292893, 1.142857],
  [16, 0.07612, 1.066667],
  [100, 0.001973, 1.010101],
] as const;

describe('marginUpperBound', () => {
  it.each(TABLE)('%d classes', (classes, inTwo, inMany) => {
    expectClose(marginUpperBound(classes, 2), inTwo, { atol: 1e-6, rtol: 0 });
    expectClose(marginUpperBound(classes, 128), inMany, { atol: 1e-6, rtol: 0 });
  });

  it('says what is out of range', () => {
    expect(() => marginUpperBound(1, 2)).toThrow(
      new RangeError('marginUpperBound: classes must be an integer of at least 2, got 1'),
    );
    expect(() => marginUpperBound(8, 1)).toThrow(new RangeError('marginUpperBound: dim must be an integer of at least 2, got 1'));
  });
});
