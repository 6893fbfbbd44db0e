import * as tf from '@tensorflow/tfjs';

import { sameClass } from './same-class';

/** As many places as a batch can have pairs, of which only those in use count, so that shapes do not depend on the labels. */
export interface FirstPairs {
  /** int32 `[m]`, m = max(1, floor(n / 2)): row of the first of a class, for a place in use. */
  readonly anchors: tf.Tensor1D;
  /** int32 `[m]`, row of the second of the same class. */
  readonly positives: tf.Tensor1D;
  /** float32 `[m]`, 1 for a place in use. */
  readonly inUse: tf.Tensor1D;
}

/**
 * One pair a class: its first two examples in the order of the batch. Further examples, and classes of one, are in none.
 *
 * @param labels int32 `[n]`, any values
 */
export function firstPairs(labels: tf.Tensor1D): FirstPairs {
  const n = labels.shape[0];
  const at = tf.range(0, n, 1, 'int32');
  const same = sameClass(labels);
  const later = tf.greater(tf.expandDims(at, 0), tf.expandDims(at, 1)); // [n, n], columns after the row
  const followers = tf.cast<tf.Tensor2D>(tf.logicalAnd(same, later), 'float32');
  const [isFollowed, follows] = [tf.max<tf.Tensor1D>(followers, 1), tf.max<tf.Tensor1D>(followers, 0)]; // [n]
  const opensPair = tf.mul<tf.Tensor1D>(isFollowed, tf.sub(1, follows)); // the first of its class, with another one
  const { values, indices } = tf.topk<tf.Tensor1D>(opensPair, Math.max(1, Math.floor(n / 2)));
  const nearest = tf.cast<tf.Tensor1D>(tf.argMax(followers, 1), 'int32'); // the next of the row's class
  return { anchors: indices, positives: tf.gather<tf.Tensor1D>(nearest, indices), inUse: values };
}
