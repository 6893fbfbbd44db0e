import * as tf from '@tensorflow/tfjs';

import { imageInput, onlyInput } from '../layer-inputs';
import type { LayerKind } from '../layer-kind';
import type { MixedPoolLayer } from '../network';
import { largestOfImage } from './global-max-pool';

/** `share * maximum + (1 - share) * mean` over height and width, `[h, w, c] -> [c]`. */
export const mixedPool: LayerKind<MixedPoolLayer> = {
  outputShape: (layer, inputs) => {
    if (!(layer.share >= 0 && layer.share <= 1)) {
      throw new RangeError(`layer '${layer.name}': share of the maximum must be 0 to 1, got ${layer.share}`);
    }
    return [imageInput(layer, inputs)[2]];
  },
  apply: (layer, inputs) => {
    const x = onlyInput(layer, inputs) as tf.Tensor4D;
    return { value: tf.add(tf.mul(largestOfImage(x), layer.share), tf.mul(tf.mean(x, [1, 2]), 1 - layer.share)) };
  },
  stock: (layer, inputs) => {
    const x = onlyInput(layer, inputs);
    const weighed = (part: string, pooled: tf.layers.Layer, scale: number): tf.SymbolicTensor =>
      tf.layers.rescaling({ name: `${layer.name}.${part}.share`, scale }).apply(pooled.apply(x)) as tf.SymbolicTensor;
    const largest = weighed('largest', tf.layers.globalMaxPooling2d({ name: `${layer.name}.largest` }), layer.share);
    const mean = weighed('mean', tf.layers.globalAveragePooling2d({ name: `${layer.name}.mean` }), 1 - layer.share);
    return tf.layers.add({ name: layer.name }).apply([largest, mean]) as tf.SymbolicTensor;
  },
};
