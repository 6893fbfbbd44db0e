import * as tf from '@tensorflow/tfjs';

import { masked } from './masked';
import { oneHot } from './one-hot';

/** Uniforms are kept off 0 and 1, whose Gumbel values are infinite. */
const EDGE = 1e-7;

/** Below any log weight with its Gumbel value. */
const NEVER = -1e30;

/**
 * Draws one column of each row with a probability in proportion to its weight.
 *
 *     argmax_j ( log w_ij - log(-log u_ij) )
 *
 * @param logWeights float32 `[n, m]`; not differentiated
 * @param mask float32 `[n, m]`, 1 for columns that may be drawn
 * @param uniforms float32 `[n, m]`, in [0, 1)
 * @returns float32 `[n, m]`, one 1 a row, none where the mask leaves nothing
 */
export function gumbelChoice(logWeights: tf.Tensor2D, mask: tf.Tensor2D, uniforms: tf.Tensor2D): tf.Tensor2D {
  const gumbel = tf.neg(tf.log(tf.neg(tf.log(tf.clipByValue(uniforms, EDGE, 1 - EDGE)))));
  const scores = masked(tf.add(logWeights, gumbel), mask, NEVER);
  return tf.mul(mask, oneHot<tf.Tensor2D>(tf.argMax(scores, 1), logWeights.shape[1]));
}
