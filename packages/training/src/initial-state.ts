import * as tf from '@tensorflow/tfjs';
import { initialParameters, initialStatistics, parameterSpecs, type LoadedWeights, type Network } from '@hypersphere/backbones';
import type { ResolvedLoss, TensorSpec, TensorSpecs } from '@hypersphere/core-losses';
import { randomStream } from '@hypersphere/engine';

import { flatten, layoutOf, lossName, type Layout } from './layout';
import type { TrainingState } from './step';

export interface LossShape {
  readonly loss: ResolvedLoss;
  readonly classes: number;
}

/** Order and groups of all trainable values of a backbone and a loss. */
export function trainingLayout(network: Network, { loss, classes }: LossShape): Layout {
  const { entry, options } = loss;
  return layoutOf([
    ...parameterSpecs(network).map(({ name, shape, decay, learningRateMultiplier }) => ({
      name,
      shape,
      decay,
      learningRateMultiplier,
      owner: 'backbone' as const,
    })),
    ...Object.entries(entry.parameters(classes, network.embeddingDim, options)).map(([name, { shape, decay }]) => ({
      name: lossName(name),
      shape,
      decay: decay ? ('loss' as const) : ('none' as const),
      learningRateMultiplier: 1,
      owner: 'loss' as const,
    })),
  ]);
}

/**
 * The state before the first step. Every tensor's values come from a stream of its own name, so that variants
 * with other losses or layers share what they have in common.
 *
 * @param slots names of the optimiser's vectors, which start at 0
 * @param loaded values that take the place of the backbone's own; it is taken over
 */
export function initialState(network: Network, { loss, classes }: LossShape, slots: readonly string[], seed: number, loaded?: Pick<LoadedWeights, 'parameters' | 'statistics'>): TrainingState {
  const layout = trainingLayout(network, { loss, classes });
  const { entry, options } = loss;
  const own = initialTensors(entry.parameters(classes, network.embeddingDim, options), seed);
  const parameters = {
    ...withLoaded(initialParameters(network, (layer) => randomStream(seed, 'initial-weights', layer)), loaded?.parameters),
    ...Object.fromEntries(Object.entries(own).map(([name, tensor]) => [lossName(name), tensor])),
  };
  const vector = flatten(parameters, layout);
  tf.dispose(parameters);
  return {
    vector,
    slots: Object.fromEntries(slots.map((slot) => [slot, tf.zeros<tf.Rank.R1>([layout.size])])),
    statistics: withLoaded(initialStatistics(network), loaded?.statistics),
    lossState: initialTensors(entry.state?.(classes, network.embeddingDim, options) ?? {}, seed),
  };
}

function withLoaded(own: Record<string, tf.Tensor>, loaded: Record<string, tf.Tensor> = {}): Record<string, tf.Tensor> {
  for (const name of Object.keys(loaded)) own[name]?.dispose();
  return { ...own, ...loaded };
}

function initialTensors(specs: TensorSpecs, seed: number): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [name, tf.tensor(initialValues(name, spec, seed), [...spec.shape])]),
  );
}

function initialValues(name: string, { shape, initial }: TensorSpec, seed: number): Float32Array {
  const values = new Float32Array(shape.reduce((product, extent) => product * extent, 1));
  if (initial === 'zeros') return values;
  if (initial === 'ones') return values.fill(1);
  const stream = randomStream(seed, 'initial-weights', lossName(name));
  if (initial !== 'xavierUniform') return values.map(() => initial.normal * stream.normal());
  const limit = Math.sqrt(6 / shape.reduce((sum, extent) => sum + extent, 0));
  return values.map(() => limit * (2 * stream.uniform() - 1));
}
