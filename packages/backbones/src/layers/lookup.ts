import * as tf from '@tensorflow/tfjs';

import { onlyInput, vectorInput } from '../layer-inputs';
import type { LayerKind } from '../layer-kind';
import type { LookupLayer } from '../network';

/** One trained vector a token; padding, token 0, is a vector of zeros that is never trained. */
export const lookup: LayerKind<LookupLayer> = {
  outputShape: (layer, inputs) => [vectorInput(layer, inputs), layer.units],
  parameters: (layer) => [
    { name: 'kernel', shape: [layer.vocabulary, layer.units], decay: 'weight', learningRateMultiplier: 1, initial: layer.initial },
  ],
  apply: (layer, inputs, { read }) => {
    const tokens = tf.cast(onlyInput(layer, inputs), 'int32');
    const [texts = 1, length = 1] = tokens.shape;
    const rows = tf.gather(read('kernel'), tf.reshape(tokens, [-1])); // [n t, units]
    const kept = tf.reshape(tf.cast(tf.notEqual(tokens, 0), 'float32'), [-1, 1]); // [n t, 1]
    return { value: tf.reshape(tf.mul(rows, kept), [texts, length, layer.units]) };
  },
  stock: (layer, inputs) =>
    tf.layers
      .embedding({ name: layer.name, inputDim: layer.vocabulary, outputDim: layer.units, embeddingsInitializer: 'zeros' })
      .apply(onlyInput(layer, inputs)) as tf.SymbolicTensor,
  stockWeights: ({ vocabulary, units }, read) => [tf.concat([tf.zeros([1, units]), tf.slice(read('kernel'), [1, 0], [vocabulary - 1, units])])],
};
