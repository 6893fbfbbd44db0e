import * as tf from '@tensorflow/tfjs';

/** Its exponential is 0 beside anything, softplus of it is 0; finite, so that no gradient is NaN. */
const NOTHING = -1e9;

/**
 * Stable log of a sum over chosen entries, of each row or over other axes.
 *
 *     l_i = log sum_{j: mask_ij = 1} e^{z_ij}
 *
 * @param z float32 `[n, m]`
 * @param mask float32 `[n, m]` of 0 and 1, no gradient
 * @param axes summed over: 1 for `[n]`, 0 for `[m]`, both for a scalar
 * @returns float32; about -1e9 with gradient 0 where no entry is chosen
 */
export function maskedLogSumExp<T extends tf.Tensor = tf.Tensor1D>(z: tf.Tensor2D, mask: tf.Tensor2D, axes: number | number[] = 1): T {
  return tf.logSumExp<T>(tf.where(tf.cast(mask, 'bool'), z, tf.fill(z.shape, NOTHING)), axes);
}
