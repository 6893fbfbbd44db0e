import { startEngine } from '@hypersphere/engine';
import { expectClose, expectTensorsLeft, onEachBackend } from '@hypersphere/testing';
import { describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import type { OptimiserConfig, ScheduleConfig } from '../src/config';
import { layoutOf, type ParameterSpec } from '../src/layout';
import { makeOptimiser, type Slots } from '../src/optimisers';
import { updateRule } from '../src/update';
import golden from './golden/optimisers.json';

interface Case {
  readonly name: string;
  readonly config: OptimiserConfig;
  readonly clip?: ScheduleConfig['gradientClip'];
  readonly multipliers?: boolean;
  readonly parameters: number[];
  readonly slots: Record<string, number[]>;
}

// decayed: the first three and the last; own rates where asked for: 0.5 of the bias, 2 (by lossLearningRate) of the loss
const layout = (ownRates: boolean) =>
  layoutOf([
    spec('fc/kernel', [3], 'weight'),
    spec('bn/gamma', [1], 'normalisation'),
    { ...spec('fc/bias', [1], 'bias'), learningRateMultiplier: ownRates ? 0.5 : 1 },
    { ...spec('loss:prototypes', [1], 'loss'), owner: 'loss' },
  ]);

function spec(name: string, shape: number[], decay: ParameterSpec['decay']): ParameterSpec {
  return { name, shape, decay, learningRateMultiplier: 1, owner: 'backbone' };
}

onEachBackend('updates', () => startEngine({ threads: 2 }), () => {
  it.each(golden.cases as unknown as Case[])('$name: three steps as PyTorch defines them', ({ config, clip, multipliers, parameters, slots }) => {
    const rule = updateRule(config, layout(multipliers === true), clip);
    let vector = tf.tensor1d(golden.start);
    let carried: Slots = Object.fromEntries(rule.slots.map((slot) => [slot, tf.zeros<tf.Rank.R1>([vector.size])]));
    golden.gradients.forEach((gradient, at) => {
      const inputs = { gradient: tf.tensor1d(gradient), learningRate: tf.scalar(golden.rates[at] ?? 0), step: tf.scalar(at + 1) };
      ({ parameters: vector, slots: carried } = rule.apply({ parameters: vector, slots: carried, ...inputs }));
    });
    expectClose(vector, parameters);
    expect(Object.keys(carried)).toEqual(Object.keys(slots));
    for (const [slot, values] of Object.entries(slots)) expectClose(carried[slot] as tf.Tensor, values);
  });

  it('clips the backbone alone where asked to, and reports the whole norm before clipping', () => {
    const rule = updateRule({ name: 'sgd', learningRate: 1, momentum: 0 }, layout(false), { norm: 1, scope: 'backbone' });
    const { parameters, gradientNorm } = rule.apply({
      parameters: tf.zeros([6]),
      gradient: tf.tensor1d([3, 0, 4, 0, 0, 12]),
      slots: { velocity: tf.zeros([6]) },
      learningRate: tf.scalar(1),
      step: tf.scalar(1),
    });
    expectClose(gradientNorm, 13);
    expectClose(parameters, [-0.6, 0, -0.8, 0, 0, -12]);
  });

  it('leaves behind only what it hands out, and nothing after dispose', () => {
    const inputs = {
      parameters: tf.ones<tf.Rank.R1>([6]),
      gradient: tf.ones<tf.Rank.R1>([6]),
      slots: { first: tf.zeros<tf.Rank.R1>([6]), second: tf.zeros<tf.Rank.R1>([6]) },
      learningRate: tf.scalar(1),
      step: tf.scalar(1),
    };
    expectTensorsLeft(0, () => {
      const rule = updateRule({ name: 'adamw', learningRate: 1, weightDecay: 0.1, lossLearningRate: 3 }, layout(true));
      let outputs: tf.TensorContainer = [];
      expectTensorsLeft(4, () => (outputs = rule.apply(inputs))); // parameters, two slots, norm
      tf.dispose(outputs);
      rule.dispose();
    });
  });
});

describe('makeOptimiser', () => {
  it('names a slot that is missing', () => {
    const inputs = { parameters: tf.zeros<tf.Rank.R1>([1]), gradient: tf.zeros<tf.Rank.R1>([1]), learningRate: tf.scalar(1), step: tf.scalar(1) };
    expect(() => makeOptimiser({ name: 'sgd', learningRate: 1 }).update({ ...inputs, slots: { first: tf.zeros([1]) } })).toThrow(
      "optimiser: slot 'velocity' is missing; got first",
    );
  });
});
