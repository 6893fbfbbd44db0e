import * as tf from '@tensorflow/tfjs';

import { onlyInput } from '../layer-inputs';
import type { LayerKind } from '../layer-kind';
import type { DropoutLayer } from '../network';

/** Multiplies by a keep-mask that the caller drew, over `1 - rate`. Does nothing in evaluation. */
export const dropout: LayerKind<DropoutLayer> = {
  outputShape: (layer, inputs) => onlyInput(layer, inputs),
  apply: (layer, inputs, { training, mask }) => {
    const x = onlyInput(layer, inputs);
    return { value: training && layer.rate > 0 ? tf.mul(x, tf.div(mask(), 1 - layer.rate)) : tf.clone(x) };
  },
  stock: (layer, inputs) =>
    tf.layers.dropout({ name: layer.name, rate: layer.rate }).apply(onlyInput(layer, inputs)) as tf.SymbolicTensor,
};
