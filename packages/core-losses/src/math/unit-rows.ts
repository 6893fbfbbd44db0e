import * as tf from '@tensorflow/tfjs';

import { rowNorms } from './row-norms';

/**
 * Rows scaled to length 1. A zero row stays zero, with a finite gradient.
 *
 * @param x float32 `[n, d]`, any length
 * @returns float32 `[n, d]`; the gradient passes through the division
 */
export function unitRows(x: tf.Tensor2D): tf.Tensor2D {
  return tf.div(x, rowNorms(x));
}
