import * as tf from '@tensorflow/tfjs';

import { onlyInput } from '../layer-inputs';
import type { LayerKind } from '../layer-kind';
import type { LeakyReluLayer } from '../network';

/** `x > 0 ? x : slope x`; slope 0 is a ReLU, slope 1 the identity. */
export const leakyRelu: LayerKind<LeakyReluLayer> = {
  outputShape: (layer, inputs) => onlyInput(layer, inputs),
  apply: (layer, inputs) => ({ value: tf.leakyRelu(onlyInput(layer, inputs), layer.slope) }),
  stock: (layer, inputs) =>
    tf.layers.leakyReLU({ name: layer.name, alpha: layer.slope }).apply(onlyInput(layer, inputs)) as tf.SymbolicTensor,
};
