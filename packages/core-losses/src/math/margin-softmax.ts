import * as tf from '@tensorflow/tfjs';

import { cosineMatrix } from './cosine-matrix';
import { atOwnPlaces, ownScores } from './own-scores';
import { sparseSoftmaxCrossEntropy } from './sparse-softmax-cross-entropy';
import { streamedScores } from './streamed-scores';
import { unitRows } from './unit-rows';

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
  const target = ownScores(scores, labels); // [n]
  return tf.add(scores, atOwnPlaces(tf.sub(change(target), target), labels, scores.shape[1]));
}

export interface ClassifiedOptions extends MarginSoftmaxOptions {
  /** Classes whose cosines are in memory at a time; 0, the default, for all at once. Values and gradients are the same. */
  readonly classBlock?: number;
}

/**
 * `marginSoftmax` of embeddings and prototypes. With `classBlock` its memory is bounded by a block of classes instead of all
 * of them; the gradient then computes each block's cosines once more.
 *
 *     l_i = log(1 + e^{o_i - s T(cos_y)}),   o_i = log sum_{j != y} e^{s cos_j}
 *
 * @param embeddings float32 `[n, d]`, any norm
 * @param labels int32 `[n]`, values in `[0, c)`
 * @param prototypes float32 `[c, d]`, any norm
 * @returns float32 `[n]`, nats, unreduced
 */
export function classifyWithMargin(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  prototypes: tf.Tensor2D,
  { classBlock = 0, scale, penalise }: ClassifiedOptions,
): tf.Tensor1D {
  if (classBlock === 0 || classBlock >= prototypes.shape[0]) {
    return marginSoftmax(cosineMatrix(embeddings, prototypes), labels, { scale, ...(penalise === undefined ? {} : { penalise }) });
  }
  const scaled = tf.mul<tf.Tensor2D>(unitRows(embeddings), scale); // [n, d]
  const { own, others } = streamedScores(scaled, labels, prototypes, { classBlock, normalise: true });
  const radius = typeof scale === 'number' ? scale : tf.squeeze<tf.Tensor1D>(scale, [1]);
  const target = penalise === undefined ? own : tf.mul(radius, penalise(tf.div(own, radius)));
  return tf.softplus(tf.sub(others, target));
}
