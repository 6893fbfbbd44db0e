import * as tf from '@tensorflow/tfjs';

import { sameClass } from './same-class';

/**
 * Marks the first few examples of each class, in the order of the batch.
 *
 * @param labels int32 `[n]`, any values
 * @param count examples a class, >= 0
 * @returns float32 `[n]`, 1 for an example with fewer than `count` of its class before it
 */
export function firstOfClass(labels: tf.Tensor1D, count: number): tf.Tensor1D {
  const place = tf.range(0, labels.shape[0], 1, 'int32');
  const isBefore = tf.less(tf.expandDims(place, 0), tf.expandDims(place, 1)); // [n, n]
  const isSame = sameClass(labels); // [n, n]
  const earlier = tf.sum<tf.Tensor1D>(tf.cast(tf.logicalAnd(isBefore, isSame), 'int32'), 1); // [n]
  return tf.cast(tf.less(earlier, tf.scalar(count, 'int32')), 'float32');
}
