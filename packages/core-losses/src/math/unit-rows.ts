import * as tf from '@tensorflow/tfjs';

import { isLong, rowNorms } from './row-norms';

/**
 * Rows scaled to length 1. A zero row stays zero, with a finite gradient.
 *
 * @param x float32 `[n, d]`, any length
 * @returns float32 `[n, d]`; the gradient passes through the division
 */
export function unitRows(x: tf.Tensor2D): tf.Tensor2D {
  return tf.customGrad<tf.Tensor2D>((rows, save) => {
    const norms = rowNorms(rows as tf.Tensor2D); // [n, 1]
    const value = tf.div<tf.Tensor2D>(rows as tf.Tensor2D, norms);
    (save as tf.GradSaveFunc)([value, norms]);
    return { value, gradFunc: (upstream, saved) => unnormalised(upstream, ...(saved as [tf.Tensor2D, tf.Tensor2D])) };
  })(x);
}

/**
 * Gradient in rows from that in the rows of length 1: across them alone, and the shorter, the longer they are.
 * Half the passes over memory of the gradients of quotient, root and square one by one.
 *
 *     dx = (du - u (u du)) / |x|
 */
export function unnormalised(upstream: tf.Tensor2D, unit: tf.Tensor2D, norms: tf.Tensor2D): tf.Tensor2D {
  const along = tf.mul(isLong(norms), tf.sum(tf.mul(upstream, unit), 1, true)); // [n, 1]
  return tf.div(tf.sub(upstream, tf.mul(unit, along)), norms);
}
