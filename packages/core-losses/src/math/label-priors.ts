import * as tf from '@tensorflow/tfjs';

import { classMask } from './class-mask';

/** Far below any logit. */
const FAR = 1e9;

export interface LabelPriorsOptions {
  /** Divides the logits, > 0. */
  readonly temperature: number;
  /** `all`: softmax over all classes. `present`: over the classes of the batch. `uniform`: 1 / c, without the logits. */
  readonly priors: 'all' | 'present' | 'uniform';
}

/**
 * Label distributions to start from: anchors know their class, the others have a softened guess.
 *
 *     X_i = e_{y_i} for an anchor, softmax(s_i / temperature) else
 *
 * @param logits float32 `[n, c]`
 * @param labels int32 `[n]`, values in `[0, c)`
 * @param isAnchor float32 `[n]`, 1 for anchors
 * @returns float32 `[n, c]`, rows that sum to 1
 */
export function labelPriors(
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
  isAnchor: tf.Tensor1D,
  { temperature, priors }: LabelPriorsOptions,
): tf.Tensor2D {
  const own = classMask(labels, logits.shape[1]); // [n, c]
  const known = tf.expandDims(isAnchor, 1); // [n, 1]
  return tf.add(tf.mul(known, own), tf.mul(tf.sub(1, known), guesses()));

  function guesses(): tf.Tensor2D {
    const softened = tf.div<tf.Tensor2D>(priors === 'uniform' ? tf.zerosLike(logits) : logits, temperature);
    if (priors !== 'present') return tf.softmax(softened);
    const isAbsent = tf.sub(1, tf.max(own, 0)); // [c]
    return tf.softmax(tf.sub(softened, tf.mul(FAR, isAbsent)));
  }
}
