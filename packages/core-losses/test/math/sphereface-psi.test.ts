import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { describe, expect, it } from '@jest/globals';

import { psi } from '../../src';
import { constantPsi, spherefacePsi, spherefacePsiSlope } from '../../src/math/sphereface-psi';
import table from '../golden/sphereface-psi.json';
import { onBackends } from '../on-backends';

const cosines = table.degrees.map((degrees) => Math.round(Math.cos((degrees * Math.PI) / 180) * 1e15) / 1e15);

describe('psi', () => {
  it.each(table.margins)('m=$m agrees with the printed values', ({ m, values }) => {
    expectClose(cosines.map((c) => psi(c, m)), values, { atol: 1e-6, rtol: 0 });
  });

  it('takes a real m', () => {
    // m = 1.5 at 150 degrees: m theta = 225 degrees, second piece: -cos(225) - 2
    expectClose(psi(Math.cos((150 * Math.PI) / 180), 1.5), Math.SQRT1_2 - 2);
  });

  it('says what is out of range', () => {
    expect(() => psi(1.2, 4)).toThrow(new RangeError('psi: cosine must be in [-1, 1], got 1.2'));
    expect(() => psi(0.2, 0.5)).toThrow(new RangeError('psi: m must be at least 1, got 0.5'));
  });
});

onBackends('spherefacePsi', () => {
  it.each(table.margins)('m=$m agrees with the printed values, by polynomial and by angle', ({ m, values }) => {
    tf.tidy(() => {
      expectClose(spherefacePsi(tf.tensor1d(cosines), m), values, { atol: 3e-6 });
      expectClose(constantPsi(tf.tensor1d(cosines), m), values, { atol: 5e-5 });
    });
  });

  it.each(table.margins)('m=$m has the slope of the differences, m^2 at both ends', ({ m }) => {
    tf.tidy(() => {
      const inner = [-0.9, -0.6, -0.31, -0.1, 0.05, 0.42, 0.66, 0.97];
      const slopes = inner.map((c) => (psi(c + 1e-6, m) - psi(c - 1e-6, m)) / 2e-6);
      const at = tf.tensor1d([...inner, 1, -1]);
      const wanted = [...slopes, m * m, m * m];
      expectClose(tf.grad((c) => tf.sum(spherefacePsi(c as tf.Tensor1D, m)))(at), wanted, { rtol: 1e-4, atol: 1e-4 });
      expectClose(spherefacePsiSlope(at, m), wanted, { rtol: 1e-4, atol: 1e-4 });
      expectClose(tf.grad((c) => tf.sum(constantPsi(c as tf.Tensor1D, m)))(at), wanted.map(() => 0));
    });
  });
});
