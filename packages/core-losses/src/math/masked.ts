import * as tf from '@tensorflow/tfjs';

/**
 * `values` where the mask is 1, elsewhere one large finite number, since infinities would turn into NaN in gradients.
 *
 * @param values float32 `[n, m]`
 * @param mask float32 `[n, m]`, 1 or 0; no gradient
 */
export function masked(values: tf.Tensor2D, mask: tf.Tensor2D, otherwise: number): tf.Tensor2D {
  return tf.where(tf.cast(mask, 'bool'), values, tf.fill(values.shape, otherwise));
}
