import * as tf from '@tensorflow/tfjs';

/**
 * Sums of the rows of each class.
 *
 *     s_k = sum_{i: id_i = k} x_i
 *
 * Its gradient is one gather; that of `tf.unsortedSegmentSum` takes five passes more, for ids below 0.
 *
 * @param x float32 `[n, m]`
 * @param ids int32 `[n]`, in `[0, count)`
 * @returns float32 `[count, m]`
 */
export function classSums(x: tf.Tensor2D, ids: tf.Tensor1D, count: number): tf.Tensor2D {
  return tf.customGrad<tf.Tensor2D>((rows, save) => {
    (save as tf.GradSaveFunc)([ids]); // the caller may have disposed of its own by the time of the gradient
    return { value: tf.unsortedSegmentSum(rows as tf.Tensor2D, ids, count), gradFunc: (upstream, [kept]) => tf.gather(upstream, kept as tf.Tensor1D) };
  })(x);
}
