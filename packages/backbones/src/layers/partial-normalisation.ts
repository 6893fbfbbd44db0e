import * as tf from '@tensorflow/tfjs';

import { onlyInput, vectorInput } from '../layer-inputs';
import type { LayerKind } from '../layer-kind';
import type { PartialNormalisationLayer } from '../network';

/** Added to the mean square of a vector, so that a vector of zeros stays one. */
const EPSILON = 1e-12;

/** `v / |v| + beta v`, which keeps a little of the length. A vector of zeros stays one. */
export const partialNormalisation: LayerKind<PartialNormalisationLayer> = {
  outputShape: (layer, inputs) => [vectorInput(layer, inputs)],
  apply: (layer, inputs) => {
    const v = onlyInput(layer, inputs);
    const size = v.shape.at(-1) ?? 1;
    const length = tf.sqrt(tf.mul(size, tf.add(tf.mean(tf.square(v), -1, true), EPSILON))); // [n, 1]
    return { value: tf.add(tf.div(v, length), tf.mul(v, layer.beta)) };
  },
  // Layer normalisation of [v, -v], whose mean is 0 and whose variance is |v|^2 / d, is sqrt(d) [v, -v] / |v|.
  stock: (layer, inputs) => {
    const v = onlyInput(layer, inputs);
    const size = v.shape.at(-1) ?? 1;
    const named = (part: string): { name: string } => ({ name: `${layer.name}.${part}` });
    const through = (x: tf.SymbolicTensor | tf.SymbolicTensor[], ...stages: tf.layers.Layer[]): tf.SymbolicTensor =>
      stages.reduce((value, stage) => stage.apply(value) as tf.SymbolicTensor, x as tf.SymbolicTensor);
    const both = [v, through(v, tf.layers.rescaling({ ...named('negative'), scale: -1 }))];
    const unit = through(
      both,
      tf.layers.concatenate(named('both')),
      tf.layers.layerNormalization({ ...named('unit'), scale: false, center: false, epsilon: EPSILON }),
      tf.layers.reshape({ ...named('column'), targetShape: [2 * size, 1, 1] }),
      tf.layers.cropping2D({ ...named('half'), cropping: [[0, size], [0, 0]] }),
      tf.layers.flatten(named('vector')),
      tf.layers.rescaling({ ...named('scaled'), scale: 1 / Math.sqrt(size) }),
    );
    const kept = through(v, tf.layers.rescaling({ ...named('kept'), scale: layer.beta }));
    return through([unit, kept], tf.layers.add({ name: layer.name }));
  },
};
