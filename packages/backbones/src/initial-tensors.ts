import * as tf from '@tensorflow/tfjs';

import { initialValues } from './initial-value';
import type { InitialDraws } from './initial-value';
import type { Network } from './network';
import { placedParameters, placedStatistics } from './parameter-specs';

/**
 * First values of all trainable tensors by the rule of each layer: kernels are drawn, biases and beta are 0,
 * gamma is 1. A layer of equal name and shape gets equal values in every network.
 *
 * @param draw seeded stream of a layer, by its name; called once per drawn kernel
 * @returns float32 tensors by `layer/parameter`, which the caller owns
 */
export function initialParameters(network: Network, draw: (layer: string) => InitialDraws): Record<string, tf.Tensor> {
  return Object.fromEntries(
    placedParameters(network).map(({ layer, parameter: { name, shape, initial } }) => [
      `${layer}/${name}`,
      tf.tensor(initialValues(initial, shape, initial.kind === 'constant' ? noDraws : draw(layer)), [...shape]),
    ]),
  );
}

/**
 * First running statistics: mean 0, variance 1.
 *
 * @returns float32 `[c]` tensors by `layer/mean` and `layer/variance`, which the caller owns
 */
export function initialStatistics(network: Network): Record<string, tf.Tensor> {
  return Object.fromEntries(
    placedStatistics(network).map(({ layer, statistic: { name, shape, initial } }) => [
      `${layer}/${name}`,
      tf.fill([...shape], initial),
    ]),
  );
}

const noDraws: InitialDraws = { normal: () => Number.NaN, uniform: () => Number.NaN };
