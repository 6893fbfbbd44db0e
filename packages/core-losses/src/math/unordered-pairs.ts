import * as tf from '@tensorflow/tfjs';

/**
 * 1 above the diagonal: every pair of two examples once.
 *
 * @param n batch size
 * @returns float32 `[n, n]`
 */
export function unorderedPairs(n: number): tf.Tensor2D {
  const at = tf.range(0, n, 1, 'int32');
  return tf.cast(tf.less(tf.expandDims(at, 1), tf.expandDims(at, 0)), 'float32');
}
