import * as tf from '@tensorflow/tfjs';

import type { PairMasks } from './batch-hard';
import { constantOf } from './constant-of';
import { oneHot } from './one-hot';

/** Farther than any distance of finite float32 embeddings that train. */
const FAR = 1e30;

/**
 * For each anchor and positive the nearest negative that is farther than the positive, or the farthest negative of all
 * where none is, found on stopped values; the first wins a tie.
 *
 * @param apart float32 `[n, n]`, distances
 * @returns float32 `[n, n, n]`, 1 at (anchor, positive, its negative); only rows of a positive and with a negative mean anything
 */
export function nearestBeyond(apart: tf.Tensor2D, { negative }: PairMasks): tf.Tensor3D {
  return constantOf<tf.Tensor2D, tf.Tensor3D>((d) => {
    const toNegative = tf.expandDims(d, 1); // [a, 1, n]
    const beyond = tf.logicalAnd(tf.greater(toNegative, tf.expandDims(d, 2)), tf.expandDims(tf.cast(negative, 'bool'), 1)); // [a, p, n]
    const nearest = tf.argMin(tf.where(beyond, toNegative, tf.scalar(FAR)), 2); // [a, p]
    const farthest = tf.argMax(tf.sub(tf.mul(negative, tf.add(d, 1)), 1), 1); // [a]
    const index = tf.where(tf.any(beyond, 2), nearest, tf.expandDims(farthest, 1));
    return oneHot<tf.Tensor3D>(index, d.shape[0]);
  })(apart);
}

/**
 * Triplets whose negative is farther than the positive, by no more than the margin; a constant.
 *
 * @param gap float32 `[n, n, n]`, distance to the negative less distance to the positive
 * @returns float32 `[n, n, n]` of 0 and 1
 */
export function withinMargin(gap: tf.Tensor3D, margin: number): tf.Tensor3D {
  return constantOf<tf.Tensor3D>((g) => tf.cast(tf.logicalAnd(tf.greater(g, 0), tf.lessEqual(g, margin)), 'float32'))(gap);
}
