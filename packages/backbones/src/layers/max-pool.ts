import * as tf from '@tensorflow/tfjs';

import { imageInput, onlyInput, slidSize } from '../layer-inputs';
import type { LayerKind } from '../layer-kind';
import type { MaxPoolLayer } from '../network';

/** Largest value of each window, no padding, sizes rounded down. */
export const maxPool: LayerKind<MaxPoolLayer> = {
  outputShape: (layer, inputs) => {
    const [height, width, channels] = imageInput(layer, inputs);
    const window = { size: layer.size, stride: layer.stride, padding: 0 };
    return [slidSize(layer, height, window), slidSize(layer, width, window), channels];
  },
  apply: (layer, inputs) => ({
    value: tf.maxPool(onlyInput(layer, inputs) as tf.Tensor4D, layer.size, layer.stride, 'valid'),
  }),
  stock: (layer, inputs) =>
    tf.layers
      .maxPooling2d({ name: layer.name, poolSize: layer.size, strides: layer.stride, padding: 'valid' })
      .apply(onlyInput(layer, inputs)) as tf.SymbolicTensor,
};
