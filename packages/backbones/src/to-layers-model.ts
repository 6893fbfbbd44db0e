import * as tf from '@tensorflow/tfjs';

import type { NamedTensors } from './forward';
import { kindOf } from './layers';
import { IMAGES, inputShape } from './network';
import type { Network } from './network';

/**
 * The network as a model of stock tfjs layers, in evaluation mode: after `model.save(...)`, plain
 * `tf.loadLayersModel(...)` gives the same embeddings without this package.
 *
 * @param parameters trained values by `layer/parameter`
 * @param statistics running values by `layer/mean` and `layer/variance`
 * @returns model `[n, ...input] -> [n, embeddingDim]`, to be disposed by the caller
 * @throws RangeError if a parameter or statistic is missing or has another shape
 */
export function toLayersModel(network: Network, parameters: NamedTensors, statistics: NamedTensors): tf.LayersModel {
  const images = tf.input({ name: IMAGES, shape: [...inputShape(network.input)] });
  const values = new Map([[IMAGES, images]]);
  for (const layer of network.layers) {
    const inputs = layer.inputs.map((name) => values.get(name)!);
    values.set(layer.name, kindOf(layer).stock(layer, inputs));
  }
  const model = tf.model({ name: network.name, inputs: images, outputs: values.get(network.output)! });
  try {
    fillWeights(model, network, { ...parameters, ...statistics });
  } catch (error) {
    model.dispose();
    throw error;
  }
  return model;
}

function fillWeights(model: tf.LayersModel, network: Network, tensors: NamedTensors): void {
  for (const layer of network.layers) {
    const read = (name: string): tf.Tensor => {
      const tensor = tensors[`${layer.name}/${name}`];
      if (tensor !== undefined) return tensor;
      throw new RangeError(`${network.name}: parameter or statistic '${layer.name}/${name}' is missing`);
    };
    tf.tidy(() => {
      const weights = kindOf(layer).stockWeights?.(layer, read);
      if (weights === undefined) return;
      const stock = model.getLayer(layer.name);
      // a slope per channel is [c] here and [1, 1, c] in the stock layer
      stock.setWeights(weights.map((weight, at) => sameSize(layer.name, weight, stock.weights[at]?.shape ?? [])));
    });
  }
}

function sameSize(layer: string, weight: tf.Tensor, shape: readonly (number | null)[]): tf.Tensor {
  const wanted = shape.map((size) => size ?? 0);
  const squeezed = wanted.slice(wanted.length - weight.rank);
  if (squeezed.join() === weight.shape.join()) return tf.reshape(weight, wanted);
  throw new RangeError(`layer '${layer}': weight must be [${squeezed.join(',')}], got [${weight.shape.join(',')}]`);
}
