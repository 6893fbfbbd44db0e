import * as tf from '@tensorflow/tfjs';
import { initialParameters, initialStatistics, parameterSpecs, type NamedTensors, type Network } from '@hypersphere/backbones';
import type { ResolvedLoss, TensorSpec, TensorSpecs } from '@hypersphere/core-losses';
import { randomStream } from '@hypersphere/engine';

import { flatten, layoutOf, lossName, type Layout } from './layout';
import type { TrainingState } from './step';

export interface LossShape {
  readonly loss: ResolvedLoss;
  readonly classes: number;
}

/** Values that take the place of initial ones. */
export interface StartValues {
  /** Of the backbone, by name. */
  readonly parameters: NamedTensors;
  readonly statistics: NamedTensors;
  /** Of the loss; those that this loss does not have, or has in another shape, are left out. */
  readonly lossParameters?: NamedTensors;
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
 * @param loaded values that take the place of drawn ones; it is taken over
 */
export function initialState(network: Network, { loss, classes }: LossShape, slots: readonly string[], seed: number, loaded?: StartValues): TrainingState {
  const layout = trainingLayout(network, { loss, classes });
  const { entry, options } = loss;
  const own = withLoaded(initialTensors(entry.parameters(classes, network.embeddingDim, options), seed), loaded?.lossParameters, sameShape);
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

type Fits = (own: tf.Tensor | undefined, loaded: tf.Tensor) => boolean;
const sameShape: Fits = (own, loaded) => own?.shape.join() === loaded.shape.join();

function withLoaded(own: Record<string, tf.Tensor>, loaded: NamedTensors = {}, fits: Fits = () => true): Record<string, tf.Tensor> {
  const taken = Object.entries(loaded).filter(([name, tensor]) => fits(own[name], tensor));
  for (const [name, tensor] of Object.entries(loaded)) (fits(own[name], tensor) ? own[name] : tensor)?.dispose();
  return { ...own, ...Object.fromEntries(taken) };
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
