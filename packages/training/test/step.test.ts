import { buildBackbone, type BackboneConfig } from '@hypersphere/backbones';
import { resolveLoss, type LossConfig } from '@hypersphere/core-losses';
import { startEngine } from '@hypersphere/engine';
import { expectClose, expectTensorsLeft, onEachBackend } from '@hypersphere/testing';
import { expect, it, jest } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import type { OptimiserConfig } from '../src/config';
import { initialState, trainingLayout } from '../src/initial-state';
import { forwardPass, trainingStep, type StepInputs, type StepModel, type TrainingState } from '../src/step';
import { unflatten } from '../src/layout';
import { updateRule } from '../src/update';
import { generatedImages } from './generated-images';

const [n, classes] = [6, 3];
const plain: OptimiserConfig = { name: 'sgd', learningRate: 0.1, momentum: 0 };

const smallest: BackboneConfig = { name: 'mnist-cnn', width: 2, embeddingDim: 3 };

function fixture(lossConfig: LossConfig = { name: 'softmax' }, optimiser = plain, backbone = smallest): { model: StepModel; state: TrainingState; inputs: StepInputs } {
  const network = buildBackbone(backbone, { height: 8, width: 8, channels: 1 });
  const loss = resolveLoss(lossConfig);
  const layout = trainingLayout(network, { loss, classes });
  const rule = updateRule(optimiser, layout);
  const { images, labels } = generatedImages({ classes, perClass: n / classes });
  return {
    model: { network, layout, loss, rule, batchNormMomentum: 0.9 },
    state: initialState(network, { loss, classes }, rule.slots, 1),
    inputs: {
      images: tf.tensor4d(Float32Array.from(images, (value) => (value - 127.5) / 128), [n, 8, 8, 1]),
      labels: tf.tensor1d(labels, 'int32'),
      learningRate: tf.scalar(0.1),
      step: tf.scalar(1),
      annealed: {},
      dropoutMasks: {},
      draws: {},
    },
  };
}

const values = (tensors: tf.TensorContainer): number[][] => {
  const all: number[][] = [];
  const visit = (item: unknown): void => {
    if (item instanceof tf.Tensor) all.push(Array.from(item.dataSync()));
    else if (typeof item === 'object' && item !== null) Object.values(item).forEach(visit);
  };
  visit(tensors);
  return all;
};

onEachBackend('trainingStep', () => startEngine({ threads: 2 }), () => {
  it('moves against the gradient of the loss in every direction', () => {
    const { model, state, inputs } = fixture();
    const { state: next, loss, gradientNorm } = trainingStep(model, state, inputs);
    const lossAt = (vector: tf.Tensor1D): number => forwardPass(model, unflatten(vector, model.layout), state, inputs).loss.dataSync()[0] ?? NaN;
    expectClose(loss, lossAt(state.vector));
    // p' = p - 0.1 g, so (p - p') / 0.1 is the gradient; its slope along itself is |g|^2
    const gradient = tf.div<tf.Tensor1D>(tf.sub(state.vector, next.vector), 0.1);
    const h = 1e-3 / (gradientNorm.dataSync()[0] ?? NaN);
    const along = (lossAt(tf.add(state.vector, tf.mul(gradient, h))) - lossAt(tf.sub(state.vector, tf.mul(gradient, h)))) / (2 * h);
    expectClose(along, (gradientNorm.dataSync()[0] ?? NaN) ** 2, { rtol: 0.02 });
    expectClose(tf.norm(gradient), gradientNorm, { rtol: 1e-3 });
    const still = unflatten(gradient, model.layout).filter((part, at) => model.layout.entries[at]?.decay !== 'prelu' && tf.norm(part).dataSync()[0] === 0);
    expect(still).toEqual([]);
  });

  it('is a function of its tensors alone: equal bits, and nothing that came in has changed', () => {
    const { model, state, inputs } = fixture({ name: 'arcface', scale: 16 });
    const before = values([state, inputs]);
    const [first, second] = [trainingStep(model, state, inputs), trainingStep(model, state, inputs)];
    expect(values(first)).toEqual(values(second));
    expect(values([state, inputs])).toEqual(before);
  });

  it('reads no value', () => {
    const { model, state, inputs } = fixture({ name: 'cosface' });
    const reads = [jest.spyOn(tf.Tensor.prototype, 'dataSync'), jest.spyOn(tf.Tensor.prototype, 'data')];
    trainingStep(model, state, inputs);
    for (const read of reads) {
      expect(read).not.toHaveBeenCalled();
      read.mockRestore();
    }
  });

  it('leaves behind only what it hands out', () => {
    const { model, state, inputs } = fixture({ name: 'softmaxWithCenter' }, { name: 'adam', learningRate: 0.1, weightDecay: 0.1 });
    expect(Object.keys(state.lossState)).not.toEqual([]);
    expectTensorsLeft(0, () => tf.dispose(trainingStep(model, state, inputs)));
  });

  it('hands on running statistics, moved by the share that the momentum leaves', () => {
    const { model, state, inputs } = fixture({ name: 'softmax' }, plain, { name: 'small-resnet', width: 2, embeddingDim: 3 });
    const meanAfter = (batchNormMomentum: number): tf.Tensor =>
      trainingStep({ ...model, batchNormMomentum }, state, inputs).state.statistics['stem.conv.norm/mean'] as tf.Tensor;
    expect(values(meanAfter(0))).not.toEqual([[0, 0]]);
    expectClose(meanAfter(1), [0, 0]); // the initial means
    expectClose(meanAfter(0.9), tf.mul(meanAfter(0), 0.1).dataSync());
  });

  it('hands on the state of the loss', () => {
    const { model, state, inputs } = fixture({ name: 'softmaxWithCenter' });
    const { state: next } = trainingStep(model, state, inputs);
    expect(values(next.lossState)).not.toEqual(values(state.lossState));
  });

  it('feeds the loss what the schedule anneals', () => {
    const { model, state, inputs } = fixture({ name: 'sphereface' });
    const lossAt = (lambda: number): number => trainingStep(model, state, { ...inputs, annealed: { lambda: tf.scalar(lambda) } }).loss.dataSync()[0] ?? NaN;
    expect(lossAt(0)).toBeGreaterThan(lossAt(5));
  });
});
