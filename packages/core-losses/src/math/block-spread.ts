import * as tf from '@tensorflow/tfjs';

import { cosineMatrix } from './cosine-matrix';

/** Below any logit of finite float32 embeddings that train. */
const FAR = 1e9;

export interface BlockSpreadOptions {
  /** Multiplies every cosine, > 0. */
  readonly sharpness: number;
  /** `keep`: each row has a constant 1 beside its cosines. `drop`: it has not. */
  readonly selfTerm: 'keep' | 'drop';
  /** Whether a cosine counts as it is, or its size alone. */
  readonly sign: 'signed' | 'absolute';
}

/**
 * How close each centroid is to the others, softly counted.
 *
 *     g_a = log( 1 + sum_{b != a} e^{t cos(mu_a, mu_b)} )
 *
 * @param centroids float32 `[n, d]`, any norm; a zero row has cosine 0
 * @param present float32 `[n]`, 1 for rows that count, both as a and as b
 * @returns float32 `[n]`, nats; 0 for rows that do not count and for a row that is alone, without the self term too
 */
export function blockSpread(
  centroids: tf.Tensor2D,
  present: tf.Tensor1D,
  { sharpness, selfTerm, sign }: BlockSpreadOptions,
): tf.Tensor1D {
  const self = tf.eye(present.shape[0]); // [n, n]
  const others = tf.mul(tf.outerProduct(present, present), tf.sub(1, self)); // [n, n]
  const counts = selfTerm === 'keep' ? tf.add(others, self) : others;
  const cosines = cosineMatrix(centroids, centroids); // [n, n]
  const logits = tf.mul(tf.mul(sharpness, sign === 'absolute' ? tf.abs(cosines) : cosines), tf.sub(1, self)); // own cosine 0
  const masked = tf.where(tf.cast(counts, 'bool'), logits, tf.fill(logits.shape, -FAR));
  return tf.mul<tf.Tensor1D>(tf.max(others, 1), tf.logSumExp<tf.Tensor1D>(masked, 1));
}
