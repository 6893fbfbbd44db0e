import * as tf from '@tensorflow/tfjs';

import { imageInput, onlyInput } from '../layer-inputs';
import type { LayerKind } from '../layer-kind';
import type { GlobalAveragePoolLayer } from '../network';

/** Mean over height and width, `[h, w, c] -> [c]`. */
export const globalAveragePool: LayerKind<GlobalAveragePoolLayer> = {
  outputShape: (layer, inputs) => [imageInput(layer, inputs)[2]],
  apply: (layer, inputs) => ({ value: tf.mean(onlyInput(layer, inputs), [1, 2]) }),
  stock: (layer, inputs) =>
    tf.layers.globalAveragePooling2d({ name: layer.name }).apply(onlyInput(layer, inputs)) as tf.SymbolicTensor,
};
