import type * as tf from '@tensorflow/tfjs';

import type { LayerParameter } from '../layer-kind';
import type { Conv1dLayer, ConvLayer, DenseLayer, Shape } from '../network';

/** Parameters that convolutions and linear maps share. Biases start at 0. */
export function kernelAndBias(layer: ConvLayer | Conv1dLayer | DenseLayer, kernel: Shape): readonly LayerParameter[] {
  const weights: LayerParameter = {
    name: 'kernel',
    shape: kernel,
    decay: 'weight',
    learningRateMultiplier: 1,
    initial: layer.initial,
  };
  if (!layer.bias) return [weights];
  const bias: LayerParameter = {
    name: 'bias',
    shape: kernel.slice(-1),
    decay: 'bias',
    learningRateMultiplier: layer.biasRate ?? 1,
    initial: { kind: 'constant', value: 0 },
  };
  return [weights, bias];
}

/** The same two in the order of the stock layers. */
export function stockKernelAndBias(layer: ConvLayer | Conv1dLayer | DenseLayer, read: (name: string) => tf.Tensor): tf.Tensor[] {
  return layer.bias ? [read('kernel'), read('bias')] : [read('kernel')];
}
