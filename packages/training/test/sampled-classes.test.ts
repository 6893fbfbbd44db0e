import { resolveLoss, type LossConfig } from '@hypersphere/core-losses';
import { buildBackbone } from '@hypersphere/backbones';
import { startEngine } from '@hypersphere/engine';
import { expectClose, onEachBackend } from '@hypersphere/testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { hostTensors } from '../src/checkpoint/state-tensors';
import { classSample, sampleSize } from '../src/class-sample';
import { layoutOf, lossName } from '../src/layout';
import { gatherVectors, sampledLayout, scatterVectors, type Vectors } from '../src/sampled-step';
import { prepareRun } from '../src/training-run';
import { updateRule } from '../src/update';
import { generatedImages } from './generated-images';
import golden from './golden/sampled-classes.json';
import { trainingConfig } from './training-config';

const data = generatedImages({ classes: 24, perClass: 4 });
const smallest = { name: 'mnist-cnn', width: 2, embeddingDim: 3 } as const;

describe('classSample', () => {
  const labels = Int32Array.from([7, 2, 7, 19]);
  const options = { classes: 20, rate: 0.5, seed: 1, step: 0 };

  it('has the classes of the batch and others, each once and in order', () => {
    const { classes, labels: places } = classSample(labels, options);
    expect(classes).toHaveLength(10);
    expect(Array.from(classes)).toEqual([...new Set(classes)].sort((a, b) => a - b));
    expect(places.map((place) => classes[place] ?? -1)).toEqual(labels);
  });

  it('depends on seed and step alone, and on both', () => {
    expect(classSample(labels, options)).toEqual(classSample(labels, options));
    for (const other of [{ step: 1 }, { seed: 2 }]) expect(classSample(labels, { ...options, ...other })).not.toEqual(classSample(labels, options));
  });

  it('draws the other classes alike', () => {
    const counts = new Array<number>(20).fill(0);
    for (let step = 0; step < 2000; step++) for (const one of classSample(labels, { ...options, step }).classes) counts[one] = (counts[one] ?? 0) + 1;
    for (const [one, count] of counts.entries()) {
      if (labels.includes(one)) expect(count).toBe(2000);
      else expect(Math.abs(count - (2000 * 7) / 17)).toBeLessThan(110); // 5 standard deviations
    }
  });

  it('has all classes in their places at rate 1', () => {
    expect(classSample(labels, { ...options, rate: 1 })).toEqual({ classes: Int32Array.from({ length: 20 }, (_, at) => at), labels });
  });

  it('has room for a batch of different classes', () => {
    expect([sampleSize(0.1, 100, 32), sampleSize(0.5, 101, 32), sampleSize(0.1, 20, 32), sampleSize(1, 7, 2)]).toEqual([32, 50, 20, 7]);
    expect(() => sampleSize(0, 7, 2)).toThrow(new RangeError('schedule.sampleRate must be above 0 and at most 1, got 0'));
  });
});

onEachBackend('steps on samples of the classes', () => startEngine({ threads: 1, provision: false }), () => {
  it('give golden losses, prototypes and velocities', () => {
    const { entry, options } = resolveLoss({ name: 'arcface', scale: golden.scale, marginRadians: golden.marginRadians });
    const layoutFor = (rows: number) =>
      layoutOf([{ name: lossName('prototypes'), shape: [rows, 2], decay: 'loss', learningRateMultiplier: 1, owner: 'loss' }]);
    const layout = { whole: layoutFor(4), sampled: layoutFor(3), isSampled: () => true };
    const { learningRate, momentum, weightDecay } = golden;
    const rule = updateRule({ name: 'sgd', learningRate, momentum, weightDecay }, layout.sampled);
    let state: Vectors = { vector: tf.tensor1d(golden.prototypes.flat()), slots: { velocity: tf.zeros([8]) } };
    for (const step of golden.steps) {
      const classes = tf.tensor1d(step.classes, 'int32');
      const part = gatherVectors(state, classes, layout);
      const loss = (rows: tf.Tensor) =>
        entry.apply({ embeddings: tf.tensor2d(golden.embeddings), labels: tf.tensor1d(step.labels, 'int32'), parameters: { prototypes: tf.reshape(rows, [3, 2]) }, state: {}, annealed: {}, draws: {}, options }).loss;
      const { value, grad } = tf.valueAndGrad(loss)(part.vector);
      const next = rule.apply({ parameters: part.vector, slots: part.slots, gradient: grad as tf.Tensor1D, learningRate: tf.scalar(learningRate), step: tf.scalar(1) });
      state = scatterVectors(state, { vector: next.parameters, slots: next.slots }, classes, layout);
      expectClose(value, step.loss);
      expectClose(state.vector, step.prototypes, { atol: 5e-6 });
      expectClose(state.slots['velocity'] as tf.Tensor, step.velocity, { atol: 5e-6 });
    }
    rule.dispose();
  });
});

describe('a training on samples of the classes', () => {
  beforeAll(async () => {
    await startEngine({ threads: 1, provision: false });
    await tf.setBackend('tensorflow');
  });

  async function stateAfter(steps: number, loss: LossConfig, schedule: object, mode: 'eager' | 'recorded' = 'recorded') {
    const config = { ...trainingConfig({ loss, ...schedule }), backbone: smallest };
    const run = await prepareRun({ config, mode, seed: 3, data }, {});
    const seen = new Set<number>();
    const start = hostTensors(run.state);
    for (; run.step < steps; run.step++) {
      const inputs = await run.feed(run.step);
      inputs.sample?.classes.dataSync().forEach((one) => seen.add(one));
      run.state = run.runStep(run.state, inputs).state;
    }
    run.runStep.dispose();
    return { start, end: hostTensors(run.state), seen };
  }

  it.each<LossConfig>([{ name: 'cosface' }, { name: 'softmax' }])('at rate 1 is the training on all, to the bit: %j', async (loss) => {
    const [sampled, all] = [await stateAfter(5, loss, { sampleRate: 1 }), await stateAfter(5, loss, {})];
    expect(sampled.end).toEqual(all.end);
  });

  it('leaves classes that were in no sample as they were, and moves the others; recorded as eager', async () => {
    const { start, end, seen } = await stateAfter(1, { name: 'normface' }, { sampleRate: 0.4 });
    const rows = (tensors: typeof start, name: string) => Array.from({ length: 24 }, (_, one) => Array.from(tensors[name]!.values.slice(tensors[name]!.values.length - 72).slice(3 * one, 3 * one + 3)));
    for (const name of ['vector', 'slots|velocity']) {
      const [before, after] = [rows(start, name), rows(end, name)];
      for (let one = 0; one < 24; one++) expect([one, String(before[one]) === String(after[one])]).toEqual([one, !seen.has(one)]);
    }
    expect(seen.size).toBe(9);
    const eager = await stateAfter(1, { name: 'normface' }, { sampleRate: 0.4 }, 'eager');
    expectClose(end['vector']!.values, eager.end['vector']!.values);
  });

  it('is refused where the loss is not one of rows of classes', () => {
    const network = buildBackbone(smallest, { height: 8, width: 8, channels: 1 });
    const layout = (config: LossConfig) => () => sampledLayout(network, { loss: resolveLoss(config), classes: 24 }, 9);
    expect(layout({ name: 'circle' })).toThrow(new RangeError('schedule.sampleRate: circle cannot be trained on a sample of the classes; leave it out'));
    expect(layout({ name: 'arcface', subCentres: 2 })).toThrow(new RangeError("schedule.sampleRate needs one row a class, got 48 rows for 24 classes of 'loss:prototypes'"));
  });
});
