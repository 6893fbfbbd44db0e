import * as tf from '@tensorflow/tfjs';

/**
 * 1 where the last axis is at the index, 0 elsewhere; unlike `tf.oneHot` also for a depth of 1.
 *
 * @param indices int32 of any shape
 * @returns float32, the shape of `indices` and an axis of `depth`; an index outside `[0, depth)` gives zeros
 */
export function oneHot<T extends tf.Tensor>(indices: tf.Tensor, depth: number): T {
  return tf.cast<T>(tf.equal(tf.expandDims(indices, -1), tf.range(0, depth, 1, 'int32')), 'float32');
}
