import * as tf from '@tensorflow/tfjs';

import type { PairMasks } from './batch-hard';
import { maskedLogSumExp } from './masked-log-sum-exp';

/** Which rows stand under the fraction, besides the anchor itself, which never does. */
export type ContrastiveDenominator = 'all' | 'onePositive' | 'onlyNegatives';

export interface ContrastiveOptions {
  /** Mean over positives outside the logarithm, or inside. */
  readonly form: 'out' | 'in';
  readonly denominator: ContrastiveDenominator;
}

/**
 * Cross-entropy of each anchor's positives against the other rows of the batch.
 *
 *     out: l_i = -1/|P| sum_p r_ip,   in: l_i = -log( 1/|P| sum_p e^{r_ip} ),   r_ip = s_ip - log sum_{a in A} e^{s_ia}
 *
 * @param scores float32 `[n, n]`, similarities over the temperature
 * @param masks which pairs are positive and negative; a pair that is neither counts nowhere
 * @returns float32 `[n]`, nats; 0 for an anchor without positives, and without negatives where only they are counted
 */
export function contrastiveTerms(
  scores: tf.Tensor2D,
  masks: Pick<PairMasks, 'positive' | 'negative'>,
  { form, denominator }: ContrastiveOptions,
): tf.Tensor1D {
  const { positive, negative } = masks;
  const ratios = tf.sub<tf.Tensor2D>(scores, logDenominators(scores, masks, denominator)); // [n, n]
  const positives = tf.sum<tf.Tensor1D>(positive, 1);
  const divisor = tf.maximum(positives, 1);
  const term =
    form === 'out'
      ? tf.neg(tf.div(tf.sum<tf.Tensor1D>(tf.mul(positive, ratios), 1), divisor))
      : tf.sub(tf.log(divisor), maskedLogSumExp(ratios, positive));
  const has = tf.minimum(positives, 1);
  return tf.mul(term, denominator === 'onlyNegatives' ? tf.mul(has, tf.max(negative, 1)) : has);
}

/** `[n, 1]`, or `[n, n]` where each positive has a denominator of its own. */
function logDenominators(
  scores: tf.Tensor2D,
  { positive, negative }: Pick<PairMasks, 'positive' | 'negative'>,
  denominator: ContrastiveDenominator,
): tf.Tensor2D {
  const over = (mask: tf.Tensor2D): tf.Tensor2D => tf.expandDims(maskedLogSumExp(scores, mask), 1);
  if (denominator === 'all') return over(tf.add(positive, negative));
  if (denominator === 'onlyNegatives') return over(negative);
  return tf.add(scores, tf.softplus(tf.sub<tf.Tensor2D>(over(negative), scores))); // log(e^s + sum e^{s_n})
}
