import * as tf from '@tensorflow/tfjs';

export interface AdamInputs {
  readonly parameters: tf.Tensor1D;
  readonly gradient: tf.Tensor1D;
  readonly first: tf.Tensor1D;
  readonly second: tf.Tensor1D;
  readonly learningRate: tf.Scalar;
  readonly step: tf.Scalar;
}

export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 * One update of Adam, `m' = beta1 m + (1 - beta1) g`, `v' = beta2 v + (1 - beta2) g^2`,
 * `p' = p - rate / (1 - beta1^t) m' / (sqrt(v' / (1 - beta2^t)) + epsilon)`.
 *
 * @param inputs float32 `parameters`, `gradient`, `first`, `second` `[p]`, `learningRate` `[]`, `step` t `[]` from 1
 * @param options `beta1`, `beta2` in [0, 1), `epsilon` above 0
 * @returns new float32 parameters and first and second moments `[p]`
 * @see Adam, algorithm 1, https://arxiv.org/abs/1412.6980; https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html
 */
export function adamUpdate(
  inputs: AdamInputs,
  { beta1, beta2, epsilon }: AdamOptions,
): [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D] {
  if (tf.getKernel('AdamUpdate', tf.getBackend())) {
    const outputs = tf.engine().runKernel('AdamUpdate', { ...inputs }, { beta1, beta2, epsilon });
    return outputs as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
  }
  return tf.tidy(() => {
    const { parameters, gradient, first, second, learningRate, step } = inputs;
    const newFirst = tf.add<tf.Tensor1D>(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1));
    const newSecond = tf.add<tf.Tensor1D>(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2));
    const rate = tf.div(learningRate, biasCorrection(beta1, step));
    const root = tf.sqrt(tf.div(newSecond, biasCorrection(beta2, step)));
    const change = tf.mul(rate, tf.div(newFirst, tf.add(root, epsilon)));
    return [tf.sub<tf.Tensor1D>(parameters, change), newFirst, newSecond];
  });
}

/** `1 - beta^step`; written so, float32 would lose four digits of it at the first steps. */
function biasCorrection(beta: number, step: tf.Scalar): tf.Tensor {
  return tf.neg(tf.expm1(tf.mul(step, Math.log(beta))));
}
