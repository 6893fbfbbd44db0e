import * as tf from '@tensorflow/tfjs';

import { constantOf } from './constant-of';
import { cosineMatrix } from './cosine-matrix';

export interface BatchAffinityOptions {
  /** `pearson`: correlation of two embeddings over their d features. `cosine`: without taking the mean off. */
  readonly similarity: 'pearson' | 'cosine';
  /** `clamp`: max(0, r). `shift`: r minus the smallest of the batch, which has its gradient. */
  readonly negatives: 'clamp' | 'shift';
  /** Weight of an example with itself. */
  readonly diagonal: 'one' | 'zero';
}

/**
 * Non-negative similarities of all pairs of a batch.
 *
 * @param x float32 `[n, d]`, any norm; a constant row (`pearson`) or zero row is 0 with all others
 * @returns float32 `[n, n]`, symmetric; in [0, 1], with `shift` in [0, 2]
 */
export function batchAffinity(x: tf.Tensor2D, { similarity, negatives, diagonal }: BatchAffinityOptions): tf.Tensor2D {
  const rows = similarity === 'pearson' ? tf.sub<tf.Tensor2D>(x, tf.mean(x, 1, true)) : x;
  const r = cosineMatrix(rows, rows);
  const weights = negatives === 'clamp' ? tf.relu(r) : tf.sub<tf.Tensor2D>(r, smallest(r));
  const self = tf.eye(x.shape[0]);
  const others = tf.mul<tf.Tensor2D>(weights, tf.sub(1, self));
  return diagonal === 'one' ? tf.add(others, self) : others;
}

/** The minimum, its gradient shared by its ties: r is symmetric, so there are two (`tf.min` gives each all of it). */
function smallest(r: tf.Tensor2D): tf.Scalar {
  const share = constantOf<tf.Tensor2D>((values) => {
    const isSmallest = tf.cast(tf.equal(values, tf.min(values)), 'float32');
    return tf.div(isSmallest, tf.sum(isSmallest));
  })(r);
  return tf.sum(tf.mul(r, share));
}
