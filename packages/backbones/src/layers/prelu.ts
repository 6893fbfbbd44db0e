import * as tf from '@tensorflow/tfjs';

import { channelsInput, onlyInput } from '../layer-inputs';
import type { LayerKind } from '../layer-kind';
import type { PreluLayer } from '../network';

/** `x > 0 ? x : alpha x`, one alpha per channel. */
export const prelu: LayerKind<PreluLayer> = {
  outputShape: (layer, inputs) => onlyInput(layer, inputs),
  parameters: (layer, inputs) => [
    {
      name: 'alpha',
      shape: [channelsInput(layer, inputs)],
      decay: 'prelu',
      learningRateMultiplier: 1,
      initial: { kind: 'constant', value: layer.initial },
    },
  ],
  apply: (layer, inputs, { read }) => ({ value: tf.prelu(onlyInput(layer, inputs), read('alpha')) }),
  stock: (layer, inputs) => {
    const x = onlyInput(layer, inputs);
    const sharedAxes = x.shape.length === 4 ? [1, 2] : undefined;
    return tf.layers.prelu({ name: layer.name, sharedAxes }).apply(x) as tf.SymbolicTensor;
  },
  // the stock layer keeps shared axes as axes of size 1; which of the two shapes it is, toLayersModel sees
  stockWeights: (_layer, read) => [read('alpha')],
};
