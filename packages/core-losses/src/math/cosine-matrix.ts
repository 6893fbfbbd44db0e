import * as tf from '@tensorflow/tfjs';

import { unitRows } from './unit-rows';

/**
 * Cosine of every row of `a` with every row of `b`.
 *
 * @param a float32 `[n, d]`, any length
 * @param b float32 `[c, d]`, any length
 * @returns float32 `[n, c]`, in [-1, 1] up to rounding; 0 where a row is zero
 */
export function cosineMatrix(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(unitRows(a), unitRows(b), false, true);
}
