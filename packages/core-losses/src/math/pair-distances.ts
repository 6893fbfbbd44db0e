import * as tf from '@tensorflow/tfjs';

import { stopGradient } from './constant-of';
import { gram } from './gram';

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
  return squaredByProducts(x, x);
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
 * Taken from the differences, as `pairDistances` is not, since |a|^2 + |b|^2 - 2ab loses half the digits of small distances.
 * Where the differences would hold more than 2^24 values, 67 MB, it is taken from products all the same, as PyTorch's
 * `cdist` does from 25 rows on.
 *
 * @param a float32 `[n, d]`
 * @param b float32 `[m, d]`
 * @returns float32 `[n, m]`, at least 1e-6; its gradient at equal rows is 0
 */
export function exactPairDistances(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  if (a.size * b.shape[0] > LARGEST) return tf.sqrt(tf.add(squaredByProducts(a, b), 1e-12));
  const gap = tf.sub<tf.Tensor3D>(tf.expandDims(a, 1), tf.expandDims(b, 0)); // [n, m, d]
  return tf.sqrt(tf.add(tf.sum<tf.Tensor2D>(tf.square(gap), 2), 1e-12));
}

/** Values of `[n, m, d]` that are worth their digits. */
const LARGEST = 2 ** 24;

function squaredByProducts(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  const centre = stopGradient(tf.mean<tf.Tensor2D>(b, 0, true));
  const from = tf.sub<tf.Tensor2D>(a, centre);
  const to = a === b ? from : tf.sub<tf.Tensor2D>(b, centre);
  const squares = tf.sum(tf.square(from), 1, true); // [n, 1]
  const others = a === b ? squares : tf.sum(tf.square(to), 1, true); // [m, 1]
  const products = a === b ? gram(from) : tf.matMul<tf.Tensor2D>(from, to, false, true);
  return tf.relu(tf.sub<tf.Tensor2D>(tf.add(squares, tf.transpose(others)), tf.mul(2, products)));
}
