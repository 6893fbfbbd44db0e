import * as tf from '@tensorflow/tfjs';

import { classMask } from './class-mask';

const KERNEL = 'SparseSoftmaxCrossEntropy';

/**
 * Softmax cross-entropy against one class a row.
 *
 *     l_i = log sum_j e^{z_ij} - z_{i, y_i}
 *
 * Runs the kernel of that name where the current backend has one (with its registered gradient),
 * else stock operations; both give the same values and gradients.
 *
 * @param logits float32 `[n, c]`
 * @param labels int32 `[n]`, values in `[0, c)`
 * @returns float32 `[n]`, nats, unreduced, >= 0
 */
export function sparseSoftmaxCrossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  return tf.tidy(() => {
    if (tf.getKernel(KERNEL, tf.getBackend()) === undefined) return composite(logits, labels);
    const [loss] = tf.engine().runKernel(KERNEL, { logits, labels }) as unknown as [tf.Tensor1D, tf.Tensor2D];
    return loss;
  });
}

function composite(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  const isTarget = classMask(labels, logits.shape[1]); // [n, c]
  return tf.neg(tf.sum<tf.Tensor1D>(tf.mul(isTarget, tf.logSoftmax(logits)), 1)); // [n]
}
