import { losses, type LossConfig, type LossName } from '@hypersphere/core-losses';
import { startEngine } from '@hypersphere/engine';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { hostTensors } from '../src/checkpoint/state-tensors';
import type { TrainingConfig } from '../src/config';
import type { ExecutionMode } from '../src/step-runner';
import { train } from '../src/train';
import { prepareRun } from '../src/training-run';
import { generatedImages } from './generated-images';
import { trainingConfig } from './training-config';

jest.setTimeout(120_000);
/** Of the largest value: rounding that 200 steps have made larger. */
const TOLERANCE = 3e-5;
const data = generatedImages({ perClass: 10 });

/** All values of the state after `steps` steps. */
async function stateAfter(steps: number, config: TrainingConfig, mode: ExecutionMode, images = data): Promise<Float32Array> {
  const run = await prepareRun({ config, mode, seed: 3, data: images }, {});
  for (; run.step < steps; run.step++) {
    const inputs = await run.feed(run.step);
    const { state, ...rest } = run.runStep(run.state, inputs);
    tf.dispose([run.state, inputs, rest]);
    run.state = state;
  }
  run.runStep.dispose();
  return Float32Array.from(Object.values(hostTensors(run.state)).flatMap(({ values }) => Array.from(values)));
}

/** Of the recorded values from the eager ones, as a share of the largest. */
async function largestDifference(steps: number, config: TrainingConfig, images = data): Promise<number> {
  const [eager, recorded, again] = [await stateAfter(steps, config, 'eager', images), await stateAfter(steps, config, 'recorded', images), await stateAfter(steps, config, 'recorded', images)];
  expect(again).toEqual(recorded);
  const scale = eager.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return eager.reduce((largest, value, at) => Math.max(largest, Math.abs(value - (recorded[at] ?? NaN))), 0) / scale;
}

const more = { steps: 1000, augmentation: { shiftPixels: 1, noise: 0.05 } };

/** Losses in which the last bit decides whether a pair counts at all, so that trainings part sooner. */
const HINGED: readonly LossName[] = ['contrastive', 'liftedStructure', 'marginLoss', 'rankedList', 'tripletAll', 'tripletBatchHard'];

beforeAll(() => startEngine({ threads: 1, provision: false }));

describe('a recorded training gives the eager one’s weights, and the same bits each time', () => {
  it.each(Object.keys(losses) as LossName[])('with %s', async (name) => {
    const steps = HINGED.includes(name) ? 20 : 200;
    const optimiser = { name: 'adam', learningRate: 1e-4, weightDecay: 1e-4 } as const;
    expect(await largestDifference(steps, { ...trainingConfig({ ...more, loss: { name } as LossConfig, optimiser }), backbone: { name: 'mnist-cnn', width: 2, embeddingDim: 3 } })).toBeLessThan(TOLERANCE);
  });

  it.each([
    { name: 'small-resnet', width: 3, embeddingDim: 5, embeddingNorm: true },
    { name: 'sfnet', depth: 10, width: 2, embeddingDim: 4 },
    { name: 'iresnet', depth: 18, width: 2, embeddingDim: 4 },
    { name: 'mnist-cnn', width: 2, embeddingDim: 3 },
  ] as const)('with $name', async (backbone) => {
    const optimiser = { name: 'sgd', learningRate: 1e-3, momentum: 0.9, weightDecay: 5e-4, lossLearningRate: 2e-3 } as const;
    const config = { ...trainingConfig({ ...more, loss: { name: 'softmax' }, optimiser, gradientClip: { norm: 5 } }), backbone };
    expect(await largestDifference(100, config)).toBeLessThan(TOLERANCE);
  });
});

describe('a recorded training of a deeper network gives the eager one’s weights', () => {
  const larger = generatedImages({ perClass: 4, side: 32 });

  it.each([
    { name: 'resnet', depth: 18, stem: 'cifar', width: 2, embeddingDim: 4, head: 'mlp' },
    { name: 'resnet', depth: 50, width: 1, maxShare: 0.5, frozenBatchNorm: 'all' },
    { name: 'bn-inception', width: 2, embeddingDim: 4, frozenBatchNorm: 'statistics' },
    { name: 'googlenet', width: 4, embeddingDim: 4, maxShare: 1 },
  ] as const)('with $name', async (backbone) => {
    const optimiser = { name: 'sgd', learningRate: 1e-4, momentum: 0.9 } as const;
    const config = { ...trainingConfig({ steps: 1000, loss: { name: 'softmax' }, optimiser }), backbone };
    expect(await largestDifference(5, config, larger)).toBeLessThan(TOLERANCE);
  });

  it('with a loss for each exit', async () => {
    const backbone = { name: 'small-resnet', width: 2, embeddingDim: 6, exits: 3 } as const;
    const config = { ...trainingConfig({ ...more, loss: { name: 'softmax' }, lossPerExit: true }), backbone };
    expect(await largestDifference(20, config)).toBeLessThan(TOLERANCE);
  });
});

it('a recorded training needs the native engine, and says so', async () => {
  await tf.setBackend('cpu');
  await expect(train({ config: trainingConfig(), seed: 1, data })).rejects.toThrow("record: needs the backend 'tensorflow', got 'cpu'; start it with startEngine");
});
