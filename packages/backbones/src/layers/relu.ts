import * as tf from '@tensorflow/tfjs';

import { onlyInput } from '../layer-inputs';
import type { LayerKind } from '../layer-kind';
import type { ReluLayer } from '../network';

/** `max(x, 0)` */
export const relu: LayerKind<ReluLayer> = {
  outputShape: (layer, inputs) => onlyInput(layer, inputs),
  apply: (layer, inputs) => ({ value: tf.relu(onlyInput(layer, inputs)) }),
  stock: (layer, inputs) =>
    tf.layers.reLU({ name: layer.name }).apply(onlyInput(layer, inputs)) as tf.SymbolicTensor,
};
