import * as tf from '@tensorflow/tfjs';

import { constantOf } from './constant-of';
import { oneHot } from './one-hot';

/**
 * Counts how often each channel has been among the k largest of an embedding of its class.
 *
 * @param x float32 `[n, d]`; the signed values are compared
 * @param labels int32 `[n]`, values in `[0, c)`
 * @param counts float32 `[c, d]`, so far
 * @returns float32 `[c, d]`, this batch included; a constant
 */
export function countedChannels(x: tf.Tensor2D, labels: tf.Tensor1D, counts: tf.Tensor2D, k: number): tf.Tensor2D {
  return constantOf<tf.Tensor2D>((rows) => tf.add(counts, tf.unsortedSegmentSum(largest(rows, k), labels, counts.shape[0])))(x);
}

/**
 * The k most counted channels of each example's class.
 *
 * @returns float32 `[n, d]` of 0 and 1, a constant; the first wins a tie
 */
export function frequentChannels(counts: tf.Tensor2D, labels: tf.Tensor1D, k: number): tf.Tensor2D {
  return constantOf<tf.Tensor2D>((counted) => largest(tf.gather(counted, labels), k))(counts);
}

/** 1 at the k largest of each row. */
function largest(rows: tf.Tensor2D, k: number): tf.Tensor2D {
  const d = rows.shape[1];
  const { indices } = tf.topk(rows, Math.min(k, d)); // [n, k]
  return tf.sum(oneHot<tf.Tensor3D>(indices, d), 1);
}
