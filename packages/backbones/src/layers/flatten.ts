import * as tf from '@tensorflow/tfjs';

import { imageInput, onlyInput } from '../layer-inputs';
import type { LayerKind } from '../layer-kind';
import type { FlattenLayer } from '../network';

/** Image to vector in (h, w, c) order. Caffe and PyTorch use (c, h, w): permute the rows of the kernel behind it. */
export const flatten: LayerKind<FlattenLayer> = {
  outputShape: (layer, inputs) => {
    const [height, width, channels] = imageInput(layer, inputs);
    return [height * width * channels];
  },
  apply: (layer, inputs) => {
    const x = onlyInput(layer, inputs);
    return { value: tf.reshape(x, [x.shape[0] ?? 1, -1]) };
  },
  stock: (layer, inputs) =>
    tf.layers.flatten({ name: layer.name }).apply(onlyInput(layer, inputs)) as tf.SymbolicTensor,
};
