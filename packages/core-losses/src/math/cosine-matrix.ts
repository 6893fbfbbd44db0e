import * as tf from '@tensorflow/tfjs';

import { gram } from './gram';
import { unitRows } from './unit-rows';

/**
 * Cosine of every row of `a` with every row of `b`.
 *
 * @param a float32 `[n, d]`, any length
 * @param b float32 `[c, d]`, any length
 * @returns float32 `[n, c]`, in [-1, 1] up to rounding; 0 where a row is zero
 */
export function cosineMatrix(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  const rows = unitRows(a);
  return a === b ? gram(rows) : tf.matMul(rows, unitRows(b), false, true);
}
