import * as tf from '@tensorflow/tfjs';

import { onlyInput, sequenceInput } from '../layer-inputs';
import type { LayerKind } from '../layer-kind';
import type { MaxOverTimeLayer } from '../network';
import { largestOfImage } from './global-max-pool';

/** Largest value along a sequence. The gradient goes to one place: windows of padding alone are all equal. */
export const maxOverTime: LayerKind<MaxOverTimeLayer> = {
  outputShape: (layer, inputs) => [sequenceInput(layer, inputs)[1]],
  apply: (layer, inputs) => ({ value: largestOfImage(tf.expandDims<tf.Tensor4D>(onlyInput(layer, inputs), 1)) }),
  stock: (layer, inputs) =>
    tf.layers.globalMaxPooling1d({ name: layer.name }).apply(onlyInput(layer, inputs)) as tf.SymbolicTensor,
};
