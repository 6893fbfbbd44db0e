import * as tf from '@tensorflow/tfjs';

import type { LossOutput } from '../loss-output';
import { constantOf } from './constant-of';

/** How terms become one number: their mean, the mean of those above 0, or their sum. */
export type TermReduction = 'mean' | 'nonZero' | 'sum';

/**
 * Reduces terms of an anchor, whatever their further axes.
 *
 * @param terms float32 `[n, ...]`, >= 0, 0 where there is no term
 * @param chosen float32, same shape, 1 where there is a term
 * @returns `loss`, 0 without any term; `perAnchor` `[n]`, n times the anchor's part of it, so that their mean is the loss
 */
export function reducedTerms(terms: tf.Tensor, chosen: tf.Tensor, reduction: TermReduction): LossOutput {
  const byAnchor = tf.sum<tf.Tensor1D>(tf.reshape(terms, [terms.shape[0], -1]), 1);
  const counted = reduction === 'nonZero' ? constantOf((t) => tf.cast(tf.greater(t, 0), 'float32'))(terms) : chosen;
  return dividedSums(byAnchor, reduction === 'sum' ? tf.scalar(1) : tf.sum<tf.Scalar>(counted));
}

/** The same of sums that are there already: each anchor's, and how many terms they are divided by. */
export function dividedSums(byAnchor: tf.Tensor1D, count: tf.Scalar): LossOutput {
  const divisor = tf.maximum<tf.Scalar>(count, 1);
  return { loss: tf.div<tf.Scalar>(tf.sum(byAnchor), divisor), perAnchor: tf.div(tf.mul(byAnchor.shape[0], byAnchor), divisor) };
}
