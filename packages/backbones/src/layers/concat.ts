import * as tf from '@tensorflow/tfjs';

import type { LayerKind } from '../layer-kind';
import type { ConcatLayer } from '../network';

/** Vectors side by side, in the order of the inputs. */
export const concat: LayerKind<ConcatLayer> = {
  outputShape: (layer, inputs) => {
    if (inputs.length < 2 || inputs.some((shape) => shape.length !== 1)) {
      const got = inputs.map((shape) => `[${shape.join(',')}]`).join(' and ');
      throw new RangeError(`layer '${layer.name}': concat needs at least 2 vectors, got ${got}`);
    }
    return [inputs.reduce((sum, shape) => sum + (shape[0] ?? 0), 0)];
  },
  apply: (_layer, inputs) => ({ value: tf.concat([...inputs], -1) }),
  stock: (layer, inputs) => tf.layers.concatenate({ name: layer.name }).apply([...inputs]) as tf.SymbolicTensor,
};
