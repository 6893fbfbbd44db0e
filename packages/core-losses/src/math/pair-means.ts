import * as tf from '@tensorflow/tfjs';

/**
 * What each row adds to the mean over all pairs that count, times n, so that the mean of the rows is the mean of the pairs.
 *
 *     r_i = n sum_j m_ij t_ij / max(1, sum_kj m_kj)
 *
 * @param terms float32 `[n, n]`, finite everywhere
 * @param counted float32 `[n, n]`, 1 for pairs that count, else 0; no gradient
 * @returns float32 `[n]`; zeros where no pair counts
 */
export function sharesOfPairMean(terms: tf.Tensor2D, counted: tf.Tensor2D): tf.Tensor1D {
  const each = tf.div<tf.Scalar>(terms.shape[0], tf.maximum(tf.sum(counted), 1));
  return tf.mul(tf.sum<tf.Tensor1D>(tf.mul(terms, counted), 1), each);
}

/**
 * The mean of each row over its own pairs that count.
 *
 *     r_i = sum_j m_ij t_ij / max(1, sum_j m_ij)
 *
 * @returns float32 `[n]`; 0 in rows where no pair counts
 */
export function rowPairMeans(terms: tf.Tensor2D, counted: tf.Tensor2D): tf.Tensor1D {
  return tf.div(tf.sum<tf.Tensor1D>(tf.mul(terms, counted), 1), tf.maximum(tf.sum(counted, 1), 1));
}
