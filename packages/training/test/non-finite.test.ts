import { buildBackbone } from '@hypersphere/backbones';
import { resolveLoss } from '@hypersphere/core-losses';
import { startEngine } from '@hypersphere/engine';
import { expectTensorsLeft, onEachBackend } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { describeDivergence } from '../src/diagnosis/diagnosis';
import { firstNonFinite } from '../src/diagnosis/non-finite';
import { initialState, trainingLayout } from '../src/initial-state';
import { flatten, unflatten } from '../src/layout';
import type { StepInputs, StepModel, TrainingState } from '../src/step';
import { updateRule } from '../src/update';

const n = 4;
const network = buildBackbone({ name: 'small-resnet', width: 2, embeddingDim: 3 }, { height: 8, width: 8, channels: 1 });
const loss = resolveLoss({ name: 'softmax' });
const layout = trainingLayout(network, { loss, classes: 3 });

function fixture(): { model: StepModel; state: TrainingState; inputs: StepInputs } {
  const rule = updateRule({ name: 'sgd', learningRate: 0.1 }, layout);
  return {
    model: { network, layout, loss, rule, batchNormMomentum: 0.9 },
    state: initialState(network, { loss, classes: 3 }, rule.slots, 1),
    inputs: {
      images: tf.reshape(tf.linspace(-1, 1, n * 64), [n, 8, 8, 1]),
      labels: tf.tensor1d([0, 1, 2, 0], 'int32'),
      learningRate: tf.scalar(0.1),
      step: tf.scalar(1),
      annealed: {},
      dropoutMasks: {},
      draws: {},
    },
  };
}

/** The state with one parameter multiplied. */
function scaled(state: TrainingState, name: string, factor: number): TrainingState {
  const parts = Object.fromEntries(layout.entries.map((entry, at) => [entry.name, unflatten(state.vector, layout)[at] as tf.Tensor]));
  return { ...state, vector: flatten({ ...parts, [name]: tf.mul(parts[name] as tf.Tensor, factor) }, layout) };
}

onEachBackend('firstNonFinite', () => startEngine({ threads: 2 }), () => {
  it('finds nothing in a healthy step, and leaves nothing behind', () => {
    const { model, state, inputs } = fixture();
    expectTensorsLeft(0, () => expect(firstNonFinite(model, state, inputs)).toBeUndefined());
  });

  it('names a parameter before the layers that it spoils', () => {
    const { model, state, inputs } = fixture();
    const broken = scaled(state, 'stage2.block1.conv1/kernel', Infinity);
    expect(firstNonFinite(model, broken, inputs)).toMatchObject({ kind: 'parameter', name: 'stage2.block1.conv1/kernel' });
    expectTensorsLeft(0, () => firstNonFinite(model, broken, inputs));
  });

  it('names the layer whose values overflow first', () => {
    const { model, state, inputs } = fixture();
    const hot = scaled(scaled(state, 'stage2.block1.conv1.norm/gamma', 1e25), 'stage2.block1.conv2/kernel', 1e25);
    const found = firstNonFinite(model, hot, inputs);
    expect(found).toMatchObject({ kind: 'activation', name: 'stage2.block1.conv2', size: n * 2 * 2 * 4 });
    expect(['Infinity', '-Infinity', 'NaN']).toContain(found?.value);
  });

  it('names a bad image, a bad slot and a bad statistic', () => {
    const { model, state, inputs } = fixture();
    const images = tf.mul<tf.Tensor4D>(inputs.images, NaN);
    expect(firstNonFinite(model, state, { ...inputs, images })).toEqual({ kind: 'input', name: 'images', value: 'NaN', count: 256, size: 256 });
    const slots = { velocity: tf.fill<tf.Rank.R1>([layout.size], -Infinity) };
    expect(firstNonFinite(model, { ...state, slots }, inputs)).toMatchObject({ kind: 'optimiser', name: 'velocity', value: '-Infinity' });
    const statistics = { ...state.statistics, 'stem.conv.norm/mean': tf.tensor1d([0, NaN]) };
    expect(firstNonFinite(model, { ...state, statistics }, inputs)).toMatchObject({ kind: 'statistic', name: 'stem.conv.norm/mean', count: 1 });
  });

  it('says where, at which loss and at which learning rate', () => {
    const { model, state, inputs } = fixture();
    const diagnosis = describeDivergence({ model, state: scaled(state, 'embedding/kernel', NaN), step: 41 }, inputs, { loss: NaN, gradientNorm: NaN });
    expect(diagnosis).toMatchObject({ reason: 'non-finite', step: 42, loss: NaN, tensor: { name: 'embedding/kernel' } });
    expect(diagnosis.message).toMatch(
      /^diverged at step 42: loss NaN, gradient norm NaN, learning rate 0\.1\d*; the first tensor that is not finite is the parameter 'embedding\/kernel' \(NaN first, 48 of 48 values\)$/,
    );
    expect(describeDivergence({ model, state, step: 0 }, inputs, { loss: 1, gradientNorm: Infinity }).message).toContain(
      'every tensor of the step is finite, but the norm of its gradient is not',
    );
  });
});
