import * as tf from '@tensorflow/tfjs';

import { buildBackbone, dropoutMaskShapes, initialParameters, initialStatistics } from '../src';
import type { BackboneConfig, ImageSize, Network } from '../src';
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
  readonly images: tf.Tensor4D;
  readonly dropoutMasks: Record<string, tf.Tensor>;
}

/** A network in a state as after training: no gamma is 1, no bias, mean or slope at its first value. */
export function filledNetwork(config: BackboneConfig, input: ImageSize, batch = 3): Filled {
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
    images: normalTensor<tf.Rank.R4>('images', [batch, input.height, input.width, input.channels]),
    dropoutMasks: Object.fromEntries(masks),
  };
}
