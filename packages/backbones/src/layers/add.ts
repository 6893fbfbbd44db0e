import * as tf from '@tensorflow/tfjs';

import type { LayerKind } from '../layer-kind';
import type { AddLayer } from '../network';

/** Sum of inputs of one shape. */
export const add: LayerKind<AddLayer> = {
  outputShape: (layer, inputs) => {
    const [first] = inputs;
    if (first === undefined || inputs.length < 2 || inputs.some((shape) => shape.join() !== first.join())) {
      const got = inputs.map((shape) => `[${shape.join(',')}]`).join(' and ');
      throw new RangeError(`layer '${layer.name}': add needs at least 2 inputs of one shape, got ${got}`);
    }
    return first;
  },
  apply: (_layer, inputs) => ({ value: inputs.length === 2 ? tf.add(inputs[0]!, inputs[1]!) : tf.addN([...inputs]) }),
  stock: (layer, inputs) => tf.layers.add({ name: layer.name }).apply([...inputs]) as tf.SymbolicTensor,
};
