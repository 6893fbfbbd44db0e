import * as tf from '@tensorflow/tfjs';

import { onlyInput, sequenceInput } from '../layer-inputs';
import type { LayerKind } from '../layer-kind';
import type { Conv1dLayer, Shape } from '../network';
import { kernelAndBias, stockKernelAndBias } from './kernel-and-bias';

function outputShape(layer: Conv1dLayer, inputs: readonly Shape[]): Shape {
  const [length] = sequenceInput(layer, inputs);
  if (length >= layer.kernel) return [length - layer.kernel + 1, layer.filters];
  throw new RangeError(`layer '${layer.name}': conv1d of ${layer.kernel} tokens does not fit into ${length}; use longer texts`);
}

/** Convolution along a sequence, stride 1, no padding. */
export const conv1d: LayerKind<Conv1dLayer> = {
  outputShape,
  parameters: (layer, inputs) => kernelAndBias(layer, [layer.kernel, sequenceInput(layer, inputs)[1], layer.filters]),
  multiplyAdds: (layer, inputs) => {
    const [length = 0] = outputShape(layer, inputs);
    return length * layer.filters * layer.kernel * sequenceInput(layer, inputs)[1];
  },
  apply: (layer, inputs, { read }) => {
    const x = tf.expandDims<tf.Tensor4D>(onlyInput(layer, inputs), 1); // [n, 1, t, c]
    const y = tf.squeeze(tf.conv2d(x, tf.expandDims<tf.Tensor4D>(read('kernel'), 0), 1, 'valid'), [1]);
    return { value: layer.bias ? tf.add(y, read('bias')) : y };
  },
  stock: (layer, inputs) =>
    tf.layers
      .conv1d({ name: layer.name, filters: layer.filters, kernelSize: layer.kernel, useBias: layer.bias, kernelInitializer: 'zeros' })
      .apply(onlyInput(layer, inputs)) as tf.SymbolicTensor,
  stockWeights: stockKernelAndBias,
};
