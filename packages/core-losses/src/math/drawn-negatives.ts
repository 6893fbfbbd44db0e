import * as tf from '@tensorflow/tfjs';

import { constantOf } from './constant-of';
import { logDistanceWeights } from './distance-weights';
import { gumbelChoice } from './gumbel-choice';

export interface DrawnNegativesOptions {
  /** float32 `[n, n]`, 1 for negatives. */
  readonly negative: tf.Tensor2D;
  /** float32 `[n, n]`, in [0, 1). */
  readonly uniforms: tf.Tensor2D;
  /** d, of the embeddings. */
  readonly dim: number;
  /** Distances below weigh as this one. */
  readonly nearest: number;
  /** From this distance on negatives are drawn only for want of nearer ones. */
  readonly farthest: number;
  /** Whether every negative is as likely as the others, near or far. */
  readonly evenly: boolean;
}

/**
 * One negative for each anchor, drawn in inverse proportion to how common its distance is on the unit sphere.
 *
 * @param distance float32 `[n, n]`, of unit rows
 * @returns float32 `[n, n]`, a constant: one 1 a row, none in a row without negatives
 * @see Wu et al., Sampling Matters in Deep Embedding Learning, ICCV 2017, https://arxiv.org/abs/1706.07567
 */
export function drawnNegatives(distance: tf.Tensor2D, options: DrawnNegativesOptions): tf.Tensor2D {
  const { negative, uniforms, dim, nearest, farthest, evenly } = options;
  const even = tf.zeros<tf.Rank.R2>([distance.shape[0], distance.shape[1]]); // not of the tape, whose choices have no gradient
  if (evenly) return gumbelChoice(even, negative, uniforms);
  return constantOf<tf.Tensor2D>((d) => {
    const near = tf.mul<tf.Tensor2D>(negative, tf.cast(tf.less(d, farthest), 'float32'));
    const hasNear = tf.max(near, 1, true); // [n, 1]
    const weighted = gumbelChoice(logDistanceWeights(d, dim, nearest), near, uniforms);
    const spare = gumbelChoice(even, negative, uniforms);
    return tf.add(weighted, tf.mul(tf.sub(1, hasNear), spare));
  })(distance);
}
