import * as tf from '@tensorflow/tfjs';

import { masked } from './masked';

/** Its exponential is 0. */
const NEVER = -1e4;

/**
 * A soft count of the large scores of each row, 0 where the mask leaves none.
 *
 *     l_i = log(1 + sum_{j in mask} e^{z_ij})
 *
 * @param scores float32 `[n, m]`
 * @param mask float32 `[n, m]`, 1 for scores that count, else 0; no gradient
 * @returns float32 `[n]`, >= 0
 */
export function logOnePlusSumExp(scores: tf.Tensor2D, mask: tf.Tensor2D): tf.Tensor1D {
  const one = tf.zeros<tf.Rank.R2>([scores.shape[0], 1]); // its exponential is the 1
  return tf.logSumExp(tf.concat([one, masked(scores, mask, NEVER)], 1), 1);
}
