import * as tf from '@tensorflow/tfjs';

/** Kernel that replaces the composite where a backend has registered it. */
export const BATCH_NORM_TRAINING = 'BatchNormTraining';

export interface BatchNormTrainingOutput {
  /** Normalised values, shape of `x`. */
  readonly y: tf.Tensor;
  /** Mean of the batch, `[c]`. */
  readonly mean: tf.Tensor1D;
  /** Population variance of the batch, `[c]`. */
  readonly variance: tf.Tensor1D;
}

/**
 * Batch normalisation with the statistics of the batch, over all axes but the last.
 *
 *     y = gamma (x - mean) / sqrt(variance + epsilon) + beta
 *
 * Differentiable in `x`, `gamma` and `beta` through `y`; nothing flows through `mean` and `variance`.
 *
 * @param x float32 `[n, h, w, c]` or `[n, c]`
 * @param gamma float32 `[c]`
 * @param beta float32 `[c]`
 * @param epsilon above 0
 * @returns `y` and the statistics, by the kernel `BatchNormTraining` of the backend if it has one
 * @throws RangeError if gamma or beta is not `[c]`
 * @see Ioffe and Szegedy, Batch Normalization, ICML 2015, algorithm 1, https://arxiv.org/abs/1502.03167
 */
export function batchNormTraining(
  x: tf.Tensor,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
): BatchNormTrainingOutput {
  const channels = x.shape.at(-1) ?? 0;
  for (const [name, tensor] of Object.entries({ gamma, beta })) {
    if (tensor.shape.join() === `${channels}`) continue;
    throw new RangeError(
      `batchNormTraining: ${name} must be [${channels}] to match x [${x.shape.join(',')}], got [${tensor.shape.join(',')}]`,
    );
  }
  if (tf.getKernel(BATCH_NORM_TRAINING, tf.getBackend()) === undefined) return composite(x, gamma, beta, epsilon);
  const outputs = tf.engine().runKernel(BATCH_NORM_TRAINING, { x, gamma, beta }, { epsilon });
  const [y, mean, variance] = outputs as unknown as [tf.Tensor, tf.Tensor1D, tf.Tensor1D];
  return { y, mean, variance };
}

function composite(x: tf.Tensor, gamma: tf.Tensor1D, beta: tf.Tensor1D, epsilon: number): BatchNormTrainingOutput {
  return tf.tidy(() => {
    const axes = x.shape.slice(0, -1).map((_, axis) => axis);
    const mean = constant(x, () => tf.mean(x, axes));
    const variance = constant(x, () => tf.mean(tf.squaredDifference(x, mean), axes));
    const inverse = constant(x, () => tf.rsqrt(tf.add(variance, epsilon))); // [c]
    const normalise = tf.customGrad((...args) => {
      const [input, scale, shift, save] = args as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
      const standard = tf.mul(tf.sub(input, mean), inverse);
      save([standard, scale, inverse]);
      return {
        value: tf.add(tf.mul(standard, scale), shift),
        gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => gradients(dy, saved as [tf.Tensor, tf.Tensor, tf.Tensor], axes),
      };
    });
    return { y: normalise(x, gamma, beta), mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D };
  });
}

/** Gradients in x, gamma and beta; the batch statistics count as functions of x. */
function gradients(
  dy: tf.Tensor,
  [standard, gamma, inverse]: [tf.Tensor, tf.Tensor, tf.Tensor],
  axes: number[],
): tf.Tensor[] {
  return tf.tidy(() => {
    const dyStandard = tf.mul(dy, standard);
    const along = tf.mul(standard, tf.mean(dyStandard, axes));
    const dx = tf.mul(tf.sub(tf.sub(dy, tf.mean(dy, axes)), along), tf.mul(gamma, inverse));
    return [dx, tf.sum(dyStandard, axes), tf.sum(dy, axes)];
  });
}

/** A function of x that no gradient passes. */
function constant(x: tf.Tensor, value: () => tf.Tensor): tf.Tensor {
  const f = tf.customGrad(() => ({ value: value(), gradFunc: () => tf.zeros(x.shape) }));
  return f(x);
}
