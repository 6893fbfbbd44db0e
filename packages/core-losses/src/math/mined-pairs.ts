import * as tf from '@tensorflow/tfjs';

import type { PairMasks } from './batch-hard';
import { constantOf } from './constant-of';
import { masked } from './masked';

/** Beyond any cosine. */
const OUTSIDE = 4;

/**
 * Pairs that are hard relative to the other pairs of their anchor.
 *
 *     negative j is kept iff S_ij > min_{positives k} S_ik - e,   positive j iff S_ij < max_{negatives k} S_ik + e
 *
 * Minimum and maximum are over all pairs, before mining. An anchor without positives or without negatives keeps none.
 *
 * @param similarity float32 `[n, n]`, cosines
 * @param margin e
 * @returns the mined masks, float32 `[n, n]`, without gradient
 * @see Wang et al., Multi-Similarity Loss, CVPR 2019, pair mining, https://arxiv.org/abs/1904.06627
 */
export function minedPairs(
  similarity: tf.Tensor2D,
  { positive, negative }: Pick<PairMasks, 'positive' | 'negative'>,
  margin: number,
): Pick<PairMasks, 'positive' | 'negative'> {
  const hardNegative = constantOf<tf.Tensor2D>((s) => {
    const lowest = tf.min(masked(s, positive, OUTSIDE), 1, true); // [n, 1]
    return tf.mul(negative, tf.cast(tf.greater(s, tf.sub(lowest, margin)), 'float32'));
  });
  const hardPositive = constantOf<tf.Tensor2D>((s) => {
    const highest = tf.max(masked(s, negative, -OUTSIDE), 1, true); // [n, 1]
    return tf.mul(positive, tf.cast(tf.less(s, tf.add(highest, margin)), 'float32'));
  });
  return { positive: hardPositive(similarity), negative: hardNegative(similarity) };
}

/** `mask` without the pairs that are equal up to rounding, S >= 1 - 1e-5. */
export function withoutDuplicates(similarity: tf.Tensor2D, mask: tf.Tensor2D): tf.Tensor2D {
  return constantOf<tf.Tensor2D>((s) => tf.mul(mask, tf.cast(tf.less(s, 1 - 1e-5), 'float32')))(similarity);
}
