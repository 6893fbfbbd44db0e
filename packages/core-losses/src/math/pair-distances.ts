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
