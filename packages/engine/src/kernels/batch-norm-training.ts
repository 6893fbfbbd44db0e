import * as tf from '@tensorflow/tfjs';

import { flag, float, floatType, NATIVE, nativeBackend, text } from './raw';

const NAME = 'BatchNormTraining';

interface Attributes {
  readonly epsilon: number;
}

const attributes = (epsilon: number) => [
  floatType('T'),
  floatType('U'),
  float('epsilon', epsilon),
  text('data_format', 'NHWC'),
  flag('is_training', true),
];

const asImages = (x: tf.Tensor): tf.Tensor => {
  if (x.rank === 4) return x;
  if (x.rank === 2) return tf.reshape(x, [x.shape[0] ?? 0, 1, 1, x.shape[1] ?? 0]);
  throw new RangeError(`${NAME}: x must be [n, h, w, c] or [n, c], got [${x.shape.join()}]`);
};

function forward(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number): tf.Tensor[] {
  const none = tf.tensor1d([]); // running statistics: unused in training
  return nativeBackend().executeMultipleOutputs(
    'FusedBatchNormV3',
    attributes(epsilon),
    [asImages(x), gamma, beta, none, none],
    6,
  );
}

/** Batch norm over all axes but the last, and the statistics it used: `{ x, gamma, beta } -> [y, mean, variance]`. */
const kernel: tf.KernelConfig = {
  kernelName: NAME,
  backendName: NATIVE,
  kernelFunc: ({ inputs, attrs }) =>
    tf.tidy(() => {
      const { x, gamma, beta } = inputs as Record<'x' | 'gamma' | 'beta', tf.Tensor>;
      const [y, mean, unbiased] = forward(x, gamma, beta, (attrs as unknown as Attributes).epsilon) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const values = x.size / gamma.size; // averaged over for each channel
      const variance = tf.mul(unbiased, Math.max(values - 1, 1) / values); // TensorFlow returns it with Bessel's correction
      return [tf.reshape(y, x.shape), mean, variance];
    }),
};

/** What the forward pass leaves for its gradient: on a CPU mean and population variance, on a GPU cuDNN's own values. */
function reserves(saved: readonly tf.Tensor[], epsilon: number): tf.Tensor[] {
  const [x, gamma, mean, variance] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  if (!nativeBackend().isUsingGpuDevice) return [mean, variance, tf.tensor1d([])];
  return forward(x, gamma, tf.zerosLike(gamma), epsilon).slice(3);
}

const gradient: tf.GradConfig = {
  kernelName: NAME,
  inputsToSave: ['x', 'gamma'],
  outputsToSave: [false, true, true],
  gradFunc: (upstream, saved, attrs) => {
    const dy = (upstream as tf.Tensor[])[0] as tf.Tensor;
    const [x, gamma] = saved as [tf.Tensor, tf.Tensor];
    const { epsilon } = attrs as unknown as Attributes;
    const [dx, dGamma, dBeta] = tf.tidy(() => {
      const inputs = [asImages(dy), asImages(x), gamma, ...reserves(saved, epsilon)];
      const [images, scale, offset] = nativeBackend().executeMultipleOutputs('FusedBatchNormGradV3', attributes(epsilon), inputs, 5);
      return [tf.reshape(images as tf.Tensor, x.shape), scale, offset];
    }) as [tf.Tensor, tf.Tensor, tf.Tensor];
    return { x: () => dx, gamma: () => dGamma, beta: () => dBeta };
  },
};

export const batchNormTraining = { kernels: [kernel], gradients: [gradient] };
