import * as tf from '@tensorflow/tfjs';

/** Large against any score of embeddings that train, and finite, so that its product with 0 is 0. */
const FAR = 1e9;

/**
 * Stable log of a sum over chosen entries of each row.
 *
 *     l_i = log sum_{j: mask_ij = 1} e^{z_ij}
 *
 * @param z float32 `[n, m]`, well below 1e9 in size
 * @param mask float32 `[n, m]` of 0 and 1
 * @returns float32 `[n]`; about -1e9 for a row without a chosen entry, so callers mask those out
 */
export function maskedLogSumExp(z: tf.Tensor2D, mask: tf.Tensor2D): tf.Tensor1D {
  return tf.logSumExp<tf.Tensor1D>(tf.add<tf.Tensor2D>(z, tf.mul(FAR, tf.sub(mask, 1))), 1);
}
