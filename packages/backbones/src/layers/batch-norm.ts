import * as tf from '@tensorflow/tfjs';

import { channelsInput, onlyInput } from '../layer-inputs';
import type { LayerContext, LayerKind, LayerParameter, LayerStatistic, ObservedStatistics } from '../layer-kind';
import type { BatchNormLayer } from '../network';
import { batchNormTraining } from '../ops/batch-norm-training';

function normalised(name: string, channels: number, value: number): LayerParameter {
  return {
    name,
    shape: [channels],
    decay: 'normalisation',
    learningRateMultiplier: 1,
    initial: { kind: 'constant', value },
  };
}

/** `gamma (x - mean) / sqrt(variance + epsilon) + beta` with the running statistics, as one factor and one shift. */
function withRunningStatistics(layer: BatchNormLayer, x: tf.Tensor, { read }: LayerContext): tf.Tensor {
  const inverse = tf.rsqrt(tf.add(read('variance'), layer.epsilon)); // [c]
  const factor = layer.scale ? tf.mul(inverse, read('gamma')) : inverse; // [c]
  const shift = tf.sub(read('beta'), tf.mul(read('mean'), factor)); // [c]
  return tf.add(tf.mul(x, factor), shift);
}

function withBatchStatistics(
  layer: BatchNormLayer,
  x: tf.Tensor,
  { read }: LayerContext,
): { value: tf.Tensor; observed: ObservedStatistics } {
  const channels = x.shape.at(-1) ?? 1;
  const gamma = layer.scale ? read('gamma') : tf.ones([channels]);
  const { y, mean, variance } = batchNormTraining(x, gamma as tf.Tensor1D, read('beta') as tf.Tensor1D, layer.epsilon);
  const count = x.size / channels;
  // PyTorch normalises with the population variance and remembers the unbiased one
  const unbiased = tf.mul(variance, count / Math.max(count - 1, 1));
  return { value: y, observed: { mean, variance: unbiased } };
}

/** Batch normalisation over all axes but the last. */
export const batchNorm: LayerKind<BatchNormLayer> = {
  outputShape: (layer, inputs) => onlyInput(layer, inputs),
  parameters: (layer, inputs) => {
    if (layer.frozen === 'all') return [];
    const channels = channelsInput(layer, inputs);
    const beta = normalised('beta', channels, 0);
    return layer.scale ? [normalised('gamma', channels, 1), beta] : [beta];
  },
  statistics: (layer, inputs) => {
    const shape = [channelsInput(layer, inputs)];
    const running: LayerStatistic[] = [
      { name: 'mean', shape, initial: 0 },
      { name: 'variance', shape, initial: 1 },
    ];
    if (layer.frozen !== 'all') return running;
    return [...(layer.scale ? [{ name: 'gamma', shape, initial: 1 } as const] : []), { name: 'beta', shape, initial: 0 }, ...running];
  },
  apply: (layer, inputs, context) => {
    const x = onlyInput(layer, inputs);
    if (context.training && (layer.frozen ?? 'none') === 'none') return withBatchStatistics(layer, x, context);
    return { value: withRunningStatistics(layer, x, context) };
  },
  stock: (layer, inputs) =>
    tf.layers
      .batchNormalization({ name: layer.name, epsilon: layer.epsilon, scale: layer.scale, trainable: layer.frozen !== 'all' })
      .apply(onlyInput(layer, inputs)) as tf.SymbolicTensor,
  stockWeights: (layer, read) => {
    const names = layer.scale ? ['gamma', 'beta', 'mean', 'variance'] : ['beta', 'mean', 'variance'];
    return names.map(read);
  },
};
