import * as tf from '@tensorflow/tfjs';

import { onlyInput, vectorInput } from '../layer-inputs';
import type { LayerKind } from '../layer-kind';
import type { DenseLayer } from '../network';
import { kernelAndBias, stockKernelAndBias } from './kernel-and-bias';

/** Linear map `x K + b`. */
export const dense: LayerKind<DenseLayer> = {
  outputShape: (layer, inputs) => {
    vectorInput(layer, inputs);
    return [layer.units];
  },
  parameters: (layer, inputs) => kernelAndBias(layer, [vectorInput(layer, inputs), layer.units]),
  multiplyAdds: (layer, inputs) => vectorInput(layer, inputs) * layer.units,
  apply: (layer, inputs, { read }) => {
    const y = tf.matMul(onlyInput(layer, inputs), read('kernel')); // [n, units]
    return { value: layer.bias ? tf.add(y, read('bias')) : y };
  },
  stock: (layer, inputs) =>
    tf.layers
      .dense({ name: layer.name, units: layer.units, useBias: layer.bias, kernelInitializer: 'zeros' })
      .apply(onlyInput(layer, inputs)) as tf.SymbolicTensor,
  stockWeights: stockKernelAndBias,
};
