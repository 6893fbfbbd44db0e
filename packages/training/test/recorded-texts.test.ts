import { buildBackbone, dropoutMaskShapes, type BackboneConfig, type InputSize } from '@hypersphere/backbones';
import { resolveLoss } from '@hypersphere/core-losses';
import { startEngine } from '@hypersphere/engine';
import { beforeAll, expect, it, jest } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { hostTensors } from '../src/checkpoint/state-tensors';
import { initialState, trainingLayout } from '../src/initial-state';
import { stepRunner, type ExecutionMode } from '../src/step-runner';
import type { StepInputs } from '../src/step';
import { updateRule } from '../src/update';

jest.setTimeout(120_000);
beforeAll(() => startEngine({ threads: 1, provision: false }));

const wave = (at: number): number => Math.sin(12.9898 * at + 1);

it.each<{ config: BackboneConfig; input: InputSize; texts: (step: number) => tf.Tensor }>([
  {
    config: { name: 'ngram-bag', hidden: 6, embeddingDim: 4 },
    input: { features: 20 },
    texts: (step) => tf.tensor2d(Array.from({ length: 120 }, (_, at) => 0.2 * wave(at + 200 * step)), [6, 20]),
  },
  {
    config: { name: 'text-cnn', vocabulary: 9, tokenDim: 4, filters: 2, hidden: 6, embeddingDim: 4 },
    input: { tokens: 12 },
    texts: (step) => tf.tensor2d(Array.from({ length: 72 }, (_, at) => Math.floor(4.5 + 4.4 * wave(at + 100 * step))), [6, 12], 'int32'),
  },
])('a recorded training of $config.name gives the eager one’s weights', ({ config, input, texts }) => {
  const network = buildBackbone(config, input);
  const shape = { loss: resolveLoss({ name: 'softmax' }), classes: 3 };
  const layout = trainingLayout(network, shape);
  const rule = updateRule({ name: 'adam', learningRate: 1e-3 }, layout);
  const model = { network, layout, loss: shape.loss, rule, batchNormMomentum: 0.9 };
  const inputsOf = (step: number): StepInputs => ({
    ...{ images: texts(step), labels: tf.tensor1d([0, 1, 2, 0, 1, 2], 'int32'), annealed: {}, draws: {} },
    ...{ learningRate: tf.scalar(1e-3), step: tf.scalar(step + 1) },
    dropoutMasks: Object.fromEntries(
      Object.entries(dropoutMaskShapes(network, 6)).map(([layer, mask]) => {
        const size = mask.shape.reduce((product, extent) => product * extent, 1);
        return [layer, tf.tensor(Array.from({ length: size }, (_, at) => (wave(at + step) > -0.5 ? 1 : 0)), [...mask.shape])];
      }),
    ),
  });
  const valuesAfter = (mode: ExecutionMode): number[] => {
    const run = stepRunner(model, { mode, precision: 'float32' });
    let state = initialState(network, shape, rule.slots, 3);
    const first = Array.from(state.vector.dataSync());
    for (let step = 0; step < 20; step++) state = run(state, inputsOf(step)).state;
    run.dispose();
    const values = Object.values(hostTensors(state)).flatMap((tensor) => Array.from(tensor.values));
    expect(values.slice(0, first.length)).not.toEqual(first);
    return values;
  };
  const [eager, recorded] = [valuesAfter('eager'), valuesAfter('recorded')];
  const largest = eager.reduce((most, value, at) => Math.max(most, Math.abs(value - (recorded[at] ?? NaN))), 0);
  expect(largest).toBeLessThan(1e-5 * Math.max(...eager.map(Math.abs)));
});
