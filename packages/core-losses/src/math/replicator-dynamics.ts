import * as tf from '@tensorflow/tfjs';

import { constantOf } from './constant-of';

/** Keeps a row with next to no support finite. */
const TINY = 1e-12;

/**
 * Refines label distributions: a label of an example grows by how much similar examples support it.
 *
 *     X(t+1)_ia = X(t)_ia P(t)_ia / sum_b X(t)_ib P(t)_ib,   P(t) = W X(t)
 *
 * sum_ij W_ij X_i . X_j never falls where W is symmetric. A row with no support becomes zero, with gradient 0.
 *
 * @param start float32 `[n, c]`, X(0), rows that sum to 1
 * @param affinity float32 `[n, n]`, W, >= 0
 * @param steps T >= 0
 * @returns float32 `[n, c]`, X(T)
 * @see Elezi et al., The Group Loss, ECCV 2020, https://arxiv.org/abs/1912.00385
 */
export function replicatorDynamics(start: tf.Tensor2D, affinity: tf.Tensor2D, steps: number): tf.Tensor2D {
  return Array.from({ length: steps }).reduce<tf.Tensor2D>((x) => refined(x, affinity), start);
}

function refined(x: tf.Tensor2D, affinity: tf.Tensor2D): tf.Tensor2D {
  const grown = tf.mul<tf.Tensor2D>(x, tf.matMul(affinity, x)); // [n, c]
  const total = tf.sum<tf.Tensor2D>(grown, 1, true); // [n, 1]
  // such a row is masked out, not left to 0 / TINY, whose slope of 1 / TINY would have to cancel elsewhere
  const isSupported = constantOf<tf.Tensor2D>((sum) => tf.cast(tf.greater(sum, 0), 'float32'))(total);
  return tf.div(tf.mul(isSupported, grown), tf.add(total, TINY));
}
