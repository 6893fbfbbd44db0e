import * as tf from '@tensorflow/tfjs';

/**
 * Euclidean distance of every row of `a` to every row of `b`.
 *
 *     D_ij = sqrt(|a_i - b_j|^2 + 1e-12)
 *
 * Taken from the differences, as `pairDistances` is not, since |a|^2 + |b|^2 - 2ab loses half the digits of small distances; holds `[n, m, d]`.
 *
 * @param a float32 `[n, d]`
 * @param b float32 `[m, d]`
 * @returns float32 `[n, m]`, at least 1e-6; its gradient at equal rows is 0
 */
export function exactPairDistances(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  const gap = tf.sub<tf.Tensor3D>(tf.expandDims(a, 1), tf.expandDims(b, 0)); // [n, m, d]
  return tf.sqrt(tf.add(tf.sum<tf.Tensor2D>(tf.square(gap), 2), 1e-12));
}
