import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from '@jest/globals';

import { expectClose, expectTensorsLeft } from '@hypersphere/testing';

import { runKernel, useEngine, values } from './reference';

const SIZE = 33;
const numbers = (x: tf.Tensor) => Array.from(x.dataSync());
const at = (list: readonly number[], i: number) => list[i] as number;

const vectors = () => ({ parameters: values([SIZE]), gradient: values([SIZE], 1) });

useEngine();

describe.each([true, false])('MomentumUpdate, nesterov %s', (nesterov) => {
  const momentum = 0.85;
  const learningRate = 0.05;
  const inputs = () => ({ ...vectors(), velocity: values([SIZE], 2), learningRate: tf.scalar(learningRate) });

  it('follows its formula in float64', () => {
    const { parameters, gradient, velocity } = inputs();
    const [p, g, v] = [numbers(parameters), numbers(gradient), numbers(velocity)];
    const newVelocity = v.map((value, i) => momentum * value + at(g, i));
    const moved = p.map((value, i) => value - learningRate * (nesterov ? at(g, i) + momentum * at(newVelocity, i) : at(newVelocity, i)));
    const outputs = runKernel('MomentumUpdate', inputs(), { momentum, nesterov });
    expect(outputs).toHaveLength(2);
    expectClose(outputs[0] as tf.Tensor, moved, { rtol: 1e-6, atol: 1e-7 });
    expectClose(outputs[1] as tf.Tensor, newVelocity, { rtol: 1e-6, atol: 1e-7 });
  });

  it('leaves no tensor behind in 1,000 calls, in a tidy or not', () => {
    const given = inputs();
    expectTensorsLeft(0, () => {
      for (let call = 0; call < 1000; call++) tf.dispose(runKernel('MomentumUpdate', given, { momentum, nesterov }));
    });
  });
});

/** Adam in float64. */
function adam(lists: Record<'p' | 'g' | 'm' | 'v', number[]>, { beta1, beta2, epsilon }: typeof OPTIONS, rate: number, step: number) {
  const m = lists.m.map((value, i) => beta1 * value + (1 - beta1) * at(lists.g, i));
  const v = lists.v.map((value, i) => beta2 * value + (1 - beta2) * at(lists.g, i) ** 2);
  const p = lists.p.map(
    (value, i) => value - (rate * (at(m, i) / (1 - beta1 ** step))) / (Math.sqrt(at(v, i) / (1 - beta2 ** step)) + epsilon),
  );
  return [p, m, v] as const;
}

const OPTIONS = { beta1: 0.9, beta2: 0.999, epsilon: 1e-3 };
const LEARNING_RATE = 0.03;

describe('AdamUpdate', () => {
  const inputs = (step: number) => ({
    ...vectors(),
    first: step === 1 ? tf.zeros([SIZE]) : values([SIZE], 2),
    second: step === 1 ? tf.zeros([SIZE]) : tf.tidy(() => tf.square(values([SIZE], 3))),
    learningRate: tf.scalar(LEARNING_RATE),
    step: tf.scalar(step),
  });

  it.each([1, 2, 1000, 1_000_000])('follows its formula in float64 at step %d', (step) => {
    const given = inputs(step);
    const lists = { p: numbers(given.parameters), g: numbers(given.gradient), m: numbers(given.first), v: numbers(given.second) };
    const outputs = runKernel('AdamUpdate', given, OPTIONS);
    expect(outputs).toHaveLength(3);
    adam(lists, OPTIONS, LEARNING_RATE, step).forEach((wanted, output) =>
      expectClose(outputs[output] as tf.Tensor, wanted, { rtol: 1e-6, atol: 1e-7 }),
    );
    expectClose(given.parameters, lists.p); // what was passed in is not changed
    expectClose(given.second, lists.v);
  });

  it('stays with the formula over 300 steps', () => {
    let state = { p: numbers(values([SIZE])), m: new Array<number>(SIZE).fill(0), v: new Array<number>(SIZE).fill(0) };
    let [parameters, first, second] = [values([SIZE]), tf.zeros([SIZE]), tf.zeros([SIZE])] as [tf.Tensor, tf.Tensor, tf.Tensor];
    for (let step = 1; step <= 300; step++) {
      const gradient = values([SIZE], step);
      const [p, m, v] = adam({ ...state, g: numbers(gradient) }, OPTIONS, LEARNING_RATE, step);
      state = { p: [...p], m: [...m], v: [...v] };
      const scalars = { learningRate: tf.scalar(LEARNING_RATE), step: tf.scalar(step) };
      [parameters, first, second] = runKernel('AdamUpdate', { parameters, gradient, first, second, ...scalars }, OPTIONS) as [tf.Tensor, tf.Tensor, tf.Tensor];
    }
    expectClose(second, state.v, { rtol: 1e-5 });
    expectClose(parameters, state.p, { rtol: 1e-5, atol: 1e-5 });
  });

  it('accepts beta1 = 0 and beta2 = 0', () => {
    const options = { beta1: 0, beta2: 0, epsilon: 1e-3 };
    const given = inputs(3);
    const lists = { p: numbers(given.parameters), g: numbers(given.gradient), m: numbers(given.first), v: numbers(given.second) };
    const outputs = runKernel('AdamUpdate', given, options);
    adam(lists, options, LEARNING_RATE, 3).forEach((wanted, output) => expectClose(outputs[output] as tf.Tensor, wanted));
  });

  it('leaves no tensor behind in 1,000 calls', () => {
    const given = inputs(5);
    expectTensorsLeft(0, () => {
      for (let call = 0; call < 1000; call++) tf.dispose(runKernel('AdamUpdate', given, OPTIONS));
    });
  });
});
