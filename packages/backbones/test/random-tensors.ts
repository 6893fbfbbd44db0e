import * as tf from '@tensorflow/tfjs';

import { buildBackbone, dropoutMaskShapes, initialParameters, initialStatistics } from '../src';
import type { BackboneConfig, InputSize, Network } from '../src';
import { inputShape } from '../src/network';
import { seededDraws } from './seeded-draws';

/** Tensor of seeded normal values. */
export function normalTensor<R extends tf.Rank>(name: string, shape: tf.ShapeMap[R], seed = 1): tf.Tensor<R> {
  const draws = seededDraws(seed)(name);
  return tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => draws.normal()), shape);
}

export interface Filled {
  readonly network: Network;
  readonly parameters: Record<string, tf.Tensor>;
  readonly statistics: Record<string, tf.Tensor>;
  readonly images: tf.Tensor;
  readonly dropoutMasks: Record<string, tf.Tensor>;
}

/** Seeded images or features; tokens from 0 to 5, the padding among them. */
function examples(batch: number, input: InputSize): tf.Tensor {
  const values = normalTensor('images', [batch, ...inputShape(input)] as [number]);
  return 'tokens' in input ? tf.tidy(() => tf.cast(tf.minimum(5, tf.floor(tf.mul(4, tf.abs(values)))), 'int32')) : values;
}

/** A network in a state as after training: no gamma is 1, no bias, mean or slope at its first value. */
export function filledNetwork(config: BackboneConfig, input: InputSize, batch = 3): Filled {
  const network = buildBackbone(config, input);
  const away = (tensors: Record<string, tf.Tensor>): Record<string, tf.Tensor> =>
    Object.fromEntries(
      Object.entries(tensors).map(([name, tensor]) => [
        name,
        tf.tidy(() => tf.add(tensor, tf.mul(0.2, tf.abs(normalTensor(`${name} away`, tensor.shape as [number]))))),
      ]),
    );
  const masks = Object.entries(dropoutMaskShapes(network, batch)).map(
    ([layer, { shape }]) => [layer, tf.cast(tf.greater(normalTensor(layer, [...shape] as [number]), 0), 'float32')] as const,
  );
  return {
    network,
    parameters: away(initialParameters(network, seededDraws(3))),
    statistics: away(initialStatistics(network)),
    images: examples(batch, input),
    dropoutMasks: Object.fromEntries(masks),
  };
}
