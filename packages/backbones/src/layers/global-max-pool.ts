import * as tf from '@tensorflow/tfjs';

import { imageInput, onlyInput } from '../layer-inputs';
import type { LayerKind } from '../layer-kind';
import type { GlobalMaxPoolLayer } from '../network';

/** Largest value over height and width, `[h, w, c] -> [c]`; the gradient goes to one pixel, also among equals. */
export function largestOfImage(x: tf.Tensor4D): tf.Tensor2D {
  const [images, height, width, channels] = x.shape;
  return tf.reshape(tf.maxPool(x, [height, width], 1, 'valid'), [images, channels]);
}

/** Largest value over height and width, `[h, w, c] -> [c]`. */
export const globalMaxPool: LayerKind<GlobalMaxPoolLayer> = {
  outputShape: (layer, inputs) => [imageInput(layer, inputs)[2]],
  apply: (layer, inputs) => ({ value: largestOfImage(onlyInput(layer, inputs) as tf.Tensor4D) }),
  stock: (layer, inputs) =>
    tf.layers.globalMaxPooling2d({ name: layer.name }).apply(onlyInput(layer, inputs)) as tf.SymbolicTensor,
};
