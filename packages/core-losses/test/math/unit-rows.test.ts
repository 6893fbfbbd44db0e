import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { cosineMatrix, rowNorms, unitRows } from '../../src';
import { onBackends } from '../on-backends';

onBackends('unitRows', () => {
  it('brings rows, not columns, to length 1', () => {
    tf.tidy(() => expectClose(unitRows(tf.tensor2d([[3, 4], [0, -2], [1e4, 0]])), [0.6, 0.8, 0, -1, 1, 0]));
  });

  it('leaves a zero row zero, with a finite gradient', () => {
    tf.tidy(() => {
      const zero = tf.zeros<tf.Rank.R2>([1, 3]);
      expectClose(unitRows(zero), [0, 0, 0]);
      const gradient = tf.grad((x) => tf.sum(tf.mul(unitRows(x as tf.Tensor2D), [[1, 2, 3]])))(zero);
      expect(gradient.dataSync().every(Number.isFinite)).toBe(true);
      expectClose(tf.grad((x) => tf.sum(rowNorms(x as tf.Tensor2D)))(zero), [0, 0, 0]);
    });
  });

  it('gives the cosine of rows of any length', () => {
    tf.tidy(() => {
      const [a, b] = [tf.tensor2d([[2, 0], [3, 3]]), tf.tensor2d([[0, 5], [1, 1], [-7, 0]])];
      const half = Math.SQRT1_2;
      expectClose(cosineMatrix(a, b), [0, half, -1, half, 1, -half]);
    });
  });
});
