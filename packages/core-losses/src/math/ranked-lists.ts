import * as tf from '@tensorflow/tfjs';

import { pairMasks } from './batch-hard';
import { constantOf } from './constant-of';
import { masked } from './masked';
import { maskedSoftmax } from './masked-softmax';

/** Its exponential is 0 beside that of any pair that counts, whose score is at least 0. */
const NEVER = -1e4;

export interface ListBounds {
  /** Positives farther than this count. */
  readonly inner: number;
  /** Negatives nearer than this count. */
  readonly outer: number;
  /** How much more a negative counts, the nearer it is. */
  readonly temperature: number;
  /** How much more a positive counts, the farther it is. */
  readonly positiveTemperature: number;
}

/** Pairs on the wrong side of their boundary, and the logarithm of how much each counts, one list a row. */
export interface RankedLists {
  /** float32 `[n, n]`, 1 or 0, without gradient. */
  readonly positive: tf.Tensor2D;
  readonly negative: tf.Tensor2D;
  /** float32 `[n, n]`, T_p (D - inner) and T (outer - D): at least 0 where the mask is 1. */
  readonly positiveScores: tf.Tensor2D;
  readonly negativeScores: tf.Tensor2D;
}

/**
 * @param distance float32 `[n, n]`, row i from query i; scores have its gradient
 * @param labels int32 `[n]`
 */
export function rankedLists(distance: tf.Tensor2D, labels: tf.Tensor1D, bounds: ListBounds): RankedLists {
  const { positive, negative } = pairMasks(labels);
  const { inner, outer, temperature, positiveTemperature } = bounds;
  const tooFar = constantOf<tf.Tensor2D>((d) => tf.cast(tf.greater(d, inner), 'float32'))(distance);
  const tooNear = constantOf<tf.Tensor2D>((d) => tf.cast(tf.less(d, outer), 'float32'))(distance);
  return {
    positive: tf.mul(positive, tooFar),
    negative: tf.mul(negative, tooNear),
    positiveScores: tf.mul(positiveTemperature, tf.sub(distance, inner)),
    negativeScores: tf.mul(temperature, tf.sub(outer, distance)),
  };
}

/** Weights of sum 1 in each list of positives and each of negatives, zeros in an empty one; both float32 `[n, n]`. */
export function listWeights(lists: RankedLists): { pull: tf.Tensor2D; push: tf.Tensor2D } {
  return {
    pull: maskedSoftmax(lists.positiveScores, lists.positive),
    push: maskedSoftmax(lists.negativeScores, lists.negative),
  };
}

/** Share of each query in the violation of the batch, sum over its pairs of e^score, float32 `[n]` of sum 1. */
export function queryShares(lists: RankedLists): tf.Tensor1D {
  const pull = masked(lists.positiveScores, lists.positive, NEVER);
  const push = masked(lists.negativeScores, lists.negative, NEVER);
  return tf.softmax(tf.logSumExp<tf.Tensor1D>(tf.concat([pull, push], 1), 1));
}
