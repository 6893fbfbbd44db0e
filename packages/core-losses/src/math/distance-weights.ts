import * as tf from '@tensorflow/tfjs';

/** 1 - D^2/4 is not taken smaller: opposite points have no finite weight below three dimensions. */
const SMALLEST = 1e-6;

/**
 * Logarithm of how rare a distance is between random points of the unit sphere.
 *
 *     log w = (2 - d) log D - (d - 3)/2 log(1 - D^2/4),   D at least `nearest`
 *
 * Weights stay in logarithms: at d = 128 those of one batch are apart by more than float32 holds.
 *
 * @param distance float32, any shape, in [0, 2]
 * @param dim d, of the space
 * @param nearest distances below count as this far, > 0
 * @returns float32, same shape, up to a constant
 * @see Wu et al., Sampling Matters in Deep Embedding Learning, ICCV 2017, https://arxiv.org/abs/1706.07567
 */
export function logDistanceWeights<T extends tf.Tensor>(distance: T, dim: number, nearest: number): T {
  const far = tf.maximum(distance, nearest);
  const rest = tf.maximum(tf.sub(1, tf.mul(0.25, tf.square(far))), SMALLEST);
  return tf.sub<T>(tf.mul(2 - dim, tf.log(far)), tf.mul((dim - 3) / 2, tf.log(rest)));
}
