import * as tf from '@tensorflow/tfjs';

/**
 * Product of every row with every row.
 *
 *     G_ij = x_i . x_j
 *
 * Both factors are the same, so that the gradient is one matrix product in place of the two of `tf.matMul`.
 *
 *     dx = (dG + dG^T) x
 *
 * @param x float32 `[n, d]`
 * @returns float32 `[n, n]`
 */
export function gram(x: tf.Tensor2D): tf.Tensor2D {
  return tf.customGrad<tf.Tensor2D>((rows, save) => {
    (save as tf.GradSaveFunc)([rows as tf.Tensor2D]);
    const value = tf.matMul<tf.Tensor2D>(rows as tf.Tensor2D, rows as tf.Tensor2D, false, true);
    return { value, gradFunc: (upstream, [kept]) => tf.matMul(tf.add<tf.Tensor2D>(upstream, tf.transpose(upstream)), kept as tf.Tensor2D) };
  })(x);
}
