import * as tf from '@tensorflow/tfjs';

import type { LayerKind } from '../layer-kind';
import type { ConcatLayer, Shape } from '../network';

/** Vectors or images side by side along the last axis, in the order of the inputs. */
export const concat: LayerKind<ConcatLayer> = {
  outputShape: (layer, inputs) => {
    const [first = []] = inputs;
    const around = (shape: Shape): string => shape.slice(0, -1).join();
    if (inputs.length < 2 || inputs.some((shape) => shape.length !== first.length || around(shape) !== around(first))) {
      const got = inputs.map((shape) => `[${shape.join(',')}]`).join(' and ');
      throw new RangeError(`layer '${layer.name}': concat needs at least 2 inputs that differ in the last axis alone, got ${got}`);
    }
    return [...first.slice(0, -1), inputs.reduce((sum, shape) => sum + (shape.at(-1) ?? 0), 0)];
  },
  apply: (_layer, inputs) => ({ value: tf.concat([...inputs], -1) }),
  stock: (layer, inputs) => tf.layers.concatenate({ name: layer.name }).apply([...inputs]) as tf.SymbolicTensor,
};
