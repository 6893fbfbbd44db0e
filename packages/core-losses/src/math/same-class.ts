import * as tf from '@tensorflow/tfjs';

/**
 * Which pairs of a batch are of one class; an example is of its own.
 *
 * @param labels int32 `[n]`, any values
 * @returns bool `[n, n]`
 */
export const sameClass = (labels: tf.Tensor1D): tf.Tensor2D => tf.equal<tf.Tensor2D>(tf.expandDims(labels, 1), tf.expandDims(labels, 0));
