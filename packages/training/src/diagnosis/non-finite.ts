import * as tf from '@tensorflow/tfjs';
import { forward } from '@hypersphere/backbones';

import { named, unflatten } from '../layout';
import { lossGradients, type StepInputs, type StepModel, type TrainingState, type Tensors } from '../step';

/** The first tensor of a step that holds NaN or an infinity. */
export interface NonFinite {
  readonly kind: 'input' | 'parameter' | 'optimiser' | 'statistic' | 'loss state' | 'activation' | 'loss' | 'gradient';
  readonly name: string;
  readonly value: 'NaN' | 'Infinity' | '-Infinity';
  readonly count: number;
  readonly size: number;
}

/**
 * Replays one step from what it was fed and names the first tensor that is not finite, in the order of the computation:
 * inputs, parameters, optimiser, statistics, activations layer by layer, loss, gradients.
 *
 * @returns nothing if all of them are finite, as when a norm overflows though its terms do not
 */
export function firstNonFinite(model: StepModel, state: TrainingState, inputs: StepInputs): NonFinite | undefined {
  return tf.tidy(() => {
    for (const [kind, name, tensor] of tensorsInOrder(model, state, inputs)) {
      const found = nonFiniteIn(tensor);
      if (found !== undefined) return { kind, name, ...found };
    }
    return undefined;
  });
}

type Labelled = readonly [kind: NonFinite['kind'], name: string, tensor: tf.Tensor];

function* tensorsInOrder(model: StepModel, state: TrainingState, inputs: StepInputs): Generator<Labelled> {
  const { images, learningRate, annealed, dropoutMasks, draws } = inputs;
  yield* labelled('input', { images, learningRate, ...annealed, ...dropoutMasks, ...draws });
  const parts = unflatten(state.vector, model.layout);
  const parameters = Object.fromEntries(model.layout.entries.map(({ name }, at) => [name, parts[at] as tf.Tensor]));
  yield* labelled('parameter', parameters);
  yield* labelled('optimiser', state.slots);
  yield* labelled('statistic', state.statistics);
  yield* labelled('loss state', state.lossState);
  yield* activations(model, parts, state, inputs);
  const { loss, gradients, embeddings, ...carried } = lossGradients(model, state, inputs);
  yield* labelled('statistic', carried.statistics);
  yield ['loss', 'loss', loss];
  yield* labelled('loss state', carried.lossState);
  yield* labelled('gradient', Object.fromEntries(model.layout.entries.map(({ name }, at) => [name, gradients[at] as tf.Tensor])));
  tf.dispose([embeddings, carried]);
}

function* labelled(kind: NonFinite['kind'], tensors: Tensors): Generator<Labelled> {
  for (const [name, tensor] of Object.entries(tensors)) yield [kind, name, tensor];
}

/** Values of the layers, one by one, each from a network that ends there. */
function* activations(model: StepModel, parts: tf.Tensor[], state: TrainingState, inputs: StepInputs): Generator<Labelled> {
  const { network, layout, batchNormMomentum: momentum } = model;
  const parameters = named(parts, layout, 'backbone');
  const { images, dropoutMasks } = inputs;
  for (const [at, layer] of network.layers.entries()) {
    const start = { ...network, layers: network.layers.slice(0, at + 1), output: layer.name };
    const value = tf.tidy(() => forward(start, parameters, state.statistics, images, { training: true, momentum, dropoutMasks }).embedding as tf.Tensor);
    yield ['activation', layer.name, value];
    value.dispose();
  }
}

function nonFiniteIn(tensor: tf.Tensor): Pick<NonFinite, 'value' | 'count' | 'size'> | undefined {
  const bad = tensor.dataSync<'float32'>().filter((value) => !Number.isFinite(value));
  const [first] = bad;
  if (first === undefined) return undefined;
  return { value: String(first) as NonFinite['value'], count: bad.length, size: tensor.size };
}
