import * as tf from '@tensorflow/tfjs';

import { classMask } from './class-mask';
import { sparseSoftmaxCrossEntropy } from './sparse-softmax-cross-entropy';

export interface MarginSoftmaxOptions {
  /** Multiplies every cosine: one radius for all, or float32 `[n, 1]`, one for each embedding. */
  readonly scale: number | tf.Tensor2D;
  /** Maps the cosines `[n]` of embeddings with their own class to smaller ones `[n]`. Default: unchanged. */
  readonly penalise?: (targetCosine: tf.Tensor1D) => tf.Tensor1D;
}

/**
 * Softmax cross-entropy over scaled cosines, after `penalise` has changed the cosine of each
 * embedding with its own class. The whole margin family differs in `penalise` alone.
 *
 *     l_i = -log( e^{s T(cos_y)} / (e^{s T(cos_y)} + sum_{j != y} e^{s cos_j}) )
 *
 * @param cosine float32 `[n, c]`
 * @param labels int32 `[n]`, values in `[0, c)`
 * @returns float32 `[n]`, nats, unreduced
 */
export function marginSoftmax(
  cosine: tf.Tensor2D,
  labels: tf.Tensor1D,
  { scale, penalise }: MarginSoftmaxOptions,
): tf.Tensor1D {
  const margined = penalise === undefined ? cosine : withTarget(cosine, labels, penalise);
  return sparseSoftmaxCrossEntropy(tf.mul(margined, scale), labels);
}

/** `scores` `[n, c]` with the entry of each row's own class replaced by `change` of it. */
export function withTarget(
  scores: tf.Tensor2D,
  labels: tf.Tensor1D,
  change: (target: tf.Tensor1D) => tf.Tensor1D,
): tf.Tensor2D {
  const isTarget = classMask(labels, scores.shape[1]); // [n, c]
  const target = tf.sum<tf.Tensor1D>(tf.mul(scores, isTarget), 1); // [n]
  const shift = tf.sub(change(target), target); // [n]
  return tf.add(scores, tf.mul(isTarget, tf.expandDims(shift, 1)));
}
