import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from '@jest/globals';

import { expectClose, expectTensorsLeft } from '@hypersphere/testing';

import { onCpu, runKernel, useEngine, values } from './reference';

const EPSILON = 2e-3;

/** Batch norm written with stock ops, whose gradient tfjs derives. */
function composite(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) {
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const mean = tf.mean(x, axes);
  const variance = tf.mean(tf.square(tf.sub(x, mean)), axes);
  const y = tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, EPSILON))), gamma), beta);
  return { y, mean, variance };
}

const kernel = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => runKernel('BatchNormTraining', { x, gamma, beta }, { epsilon: EPSILON });
const first = (outputs: tf.Tensor[]) => outputs[0] as tf.Tensor;

useEngine();

describe.each([[[3, 4, 5, 6]], [[7, 5]], [[2, 3]]])('BatchNormTraining of x [%s]', (shape) => {
  const channels = shape.at(-1) as number;
  const arguments_ = () => [values(shape), values([channels], 1), values([channels], 2)] as const;

  it('gives y, mean and population variance', async () => {
    const outputs = kernel(...arguments_());
    const wanted = await onCpu(() => Object.values(composite(...arguments_())));
    expect(outputs.map((output) => output.shape)).toEqual([shape, [channels], [channels]]);
    outputs.forEach((output, at) => expectClose(output, wanted[at], { rtol: 1e-5, atol: 2e-6 }));
  });

  it('gives the gradients of x, gamma and beta', async () => {
    const grads = tf.grads((x, gamma, beta) => first(kernel(x, gamma, beta)));
    const actual = grads([...arguments_()], values(shape, 3));
    const wanted = await onCpu(() =>
      tf.grads((x, gamma, beta) => composite(x, gamma, beta).y)([...arguments_()], values(shape, 3)),
    );
    expect(actual.map((gradient) => gradient.shape)).toEqual([shape, [channels], [channels]]);
    actual.forEach((gradient, at) => expectClose(gradient, wanted[at], { rtol: 1e-4, atol: 1e-5 }));
  });
});

describe('BatchNormTraining', () => {
  it('has variance 0 for a single value a channel', () => {
    const [y, mean, variance] = kernel(values([1, 4]), tf.ones([4]), values([4], 2)) as [tf.Tensor, tf.Tensor, tf.Tensor];
    expectClose(variance, [0, 0, 0, 0]);
    expectClose(mean, values([1, 4]).dataSync());
    expectClose(y, values([4], 2).dataSync());
  });

  it('lets nothing flow through mean and variance', () => {
    const x = values([6, 3]);
    const mean = tf.grad((input) => kernel(input, tf.ones([3]), tf.zeros([3]))[1] as tf.Tensor)(x);
    expectClose(mean, tf.zeros([6, 3]).dataSync());
  });

  it('refuses other ranks', () => {
    expect(() => kernel(values([2, 3, 4]), tf.ones([4]), tf.ones([4]))).toThrow(
      'BatchNormTraining: x must be [n, h, w, c] or [n, c], got [2,3,4]',
    );
  });

  it('leaves no tensor behind in 1,000 calls with gradient', () => {
    const inputs = [values([2, 2, 2, 3]), values([3], 1), values([3], 2)];
    const grads = tf.grads((x, gamma, beta) => first(kernel(x, gamma, beta)));
    expectTensorsLeft(0, () => {
      for (let call = 0; call < 1000; call++) tf.dispose(grads(inputs));
      for (let call = 0; call < 10; call++) tf.dispose(kernel(...(inputs as [tf.Tensor, tf.Tensor, tf.Tensor])));
    });
  });
});
