import * as tf from '@tensorflow/tfjs';

import type { ObservedStatistics } from './layer-kind';

/**
 * `momentum * old + (1 - momentum) * observed` for all statistics of a network, as one vector: few calls whatever
 * the number of layers.
 *
 * @param statistics running values by `layer/mean` and `layer/variance`
 * @param observed statistics of the batch by layer
 * @param momentum share of the old value, in [0, 1]; PyTorch's `momentum` is one minus this
 * @returns new tensors under the same names
 */
export function updateStatistics(
  statistics: Readonly<Record<string, tf.Tensor>>,
  observed: Readonly<Record<string, ObservedStatistics>>,
  momentum: number,
): Record<string, tf.Tensor> {
  const batch = Object.entries(observed).flatMap(([layer, { mean, variance }]) => [
    { name: `${layer}/mean`, value: mean },
    { name: `${layer}/variance`, value: variance },
  ]);
  if (batch.length === 0) return {};
  return tf.tidy(() => {
    const old = tf.concat(batch.map(({ name }) => statistics[name]!));
    const seen = tf.concat(batch.map(({ value }) => value));
    const updated = tf.add(tf.mul(old, momentum), tf.mul(seen, 1 - momentum));
    const parts = tf.split(updated, batch.map(({ value }) => value.size));
    return Object.fromEntries(batch.map(({ name }, at) => [name, parts[at]!]));
  });
}
