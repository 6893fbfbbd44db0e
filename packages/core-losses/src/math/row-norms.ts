import * as tf from '@tensorflow/tfjs';

/** Shorter rows count as this long, so that a zero row has a finite gradient. */
const SHORTEST = 1e-6;

/**
 * Euclidean length of every row.
 *
 *     |x_i| = sqrt(max(sum_k x_ik^2, 1e-12))
 *
 * @param x float32 `[n, d]`
 * @returns float32 `[n, 1]`, at least 1e-6; its gradient at a zero row is 0
 */
export function rowNorms(x: tf.Tensor2D): tf.Tensor2D {
  return tf.sqrt(tf.maximum(tf.sum<tf.Tensor2D>(tf.square(x), 1, true), SHORTEST * SHORTEST));
}

/** float32, 1 where a row's norm is its own, 0 where it counts as longer than it is. No gradient. */
export function isLong(norms: tf.Tensor2D): tf.Tensor2D {
  return tf.cast(tf.greater(norms, SHORTEST), 'float32');
}
