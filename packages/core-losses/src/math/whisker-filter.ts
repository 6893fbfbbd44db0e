import * as tf from '@tensorflow/tfjs';

import { constantOf } from './constant-of';

/** Below every cosine. */
const NONE = -1e9;

/** A smaller distance of the quartiles is float32 rounding of equal cosines, and nothing stands out. */
const EQUAL = 1e-6;

/**
 * Which pairs a box-and-whisker rule keeps, as a constant: quartiles are order statistics of the pairs in `mask`.
 *
 *     v ascending, l values: Q1 = v[floor(l / 4)], Q3 = v[floor(3 l / 4)], keep Q1 - r (Q3 - Q1) <= u <= Q3 + r (Q3 - Q1)
 *
 * Bounds are kept. Where all are equal (Q3 = Q1) every pair is kept.
 *
 * @param cosine float32 `[n, n]`
 * @param mask float32 `[n, n]`, 1 for the pairs that are meant, each unordered pair once
 * @param r whisker length, >= 0
 * @returns float32 `[n, n]`, 1 for kept pairs; all 0 where `mask` is
 * @see Jung et al., Unified Negative Pair Generation, BMVC 2022, https://arxiv.org/abs/2203.11593
 */
export function whiskerFilter(cosine: tf.Tensor2D, mask: tf.Tensor2D, r: number): tf.Tensor2D {
  return constantOf<tf.Tensor2D>((u) => {
    const { low, high } = quartiles(u, mask);
    const spread = tf.sub(high, low);
    const reach = tf.add(tf.mul(r, spread), tf.mul(4, tf.cast(tf.less(spread, EQUAL), 'float32'))); // 4 is beyond all cosines
    const inside = tf.logicalAnd(tf.greaterEqual(u, tf.sub(low, reach)), tf.lessEqual(u, tf.add(high, reach)));
    return tf.mul(mask, tf.cast(inside, 'float32'));
  })(cosine);
}

/** First and third quartile `[1]` of the values in `mask`; the sort is descending, so that they lie before what is masked. */
function quartiles(u: tf.Tensor2D, mask: tf.Tensor2D): { low: tf.Tensor1D; high: tf.Tensor1D } {
  const listed = tf.reshape(tf.where(tf.cast(mask, 'bool'), u, tf.fill(u.shape, NONE)), [-1]); // [n * n]
  const sorted = tf.topk(listed, listed.size).values as tf.Tensor1D;
  const count = tf.sum(mask, [0, 1]);
  const at = (share: number): tf.Tensor1D => {
    const fromTop = tf.sub(tf.sub(count, 1), tf.floor(tf.mul(share, count)));
    return tf.gather(sorted, tf.reshape(tf.cast(tf.maximum(fromTop, 0), 'int32'), [1]));
  };
  return { low: at(0.25), high: at(0.75) };
}
