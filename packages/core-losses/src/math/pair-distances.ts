import * as tf from '@tensorflow/tfjs';

import { stopGradient } from './constant-of';

/**
 * Squared Euclidean distance of every two rows.
 *
 * Computed from products, around the mean of the rows: it takes nothing from distances, but rows far from the origin and
 * near each other would lose their digits without.
 *
 * @param x float32 `[n, d]`
 * @returns float32 `[n, n]`, >= 0; rounding may leave some 1e-7 of the squared spread where rows are equal
 */
export function squaredPairDistances(x: tf.Tensor2D): tf.Tensor2D {
  const centred = tf.sub<tf.Tensor2D>(x, stopGradient(tf.mean<tf.Tensor2D>(x, 0, true)));
  const squares = tf.sum(tf.square(centred), 1, true); // [n, 1]
  const products = tf.matMul(centred, centred, false, true); // [n, n]
  return tf.relu(tf.sub<tf.Tensor2D>(tf.add(squares, tf.transpose(squares)), tf.mul(2, products)));
}

/**
 * Euclidean distance of every two rows, not squared.
 *
 * @param x float32 `[n, d]`
 * @returns float32 `[n, n]`, at least 1e-6, where the slope of the root is still finite
 */
export function pairDistances(x: tf.Tensor2D): tf.Tensor2D {
  return tf.sqrt(tf.add(squaredPairDistances(x), 1e-12));
}

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
