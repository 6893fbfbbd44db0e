import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from '@jest/globals';

import { expectClose, expectTensorsLeft } from '@hypersphere/testing';

import { onCpu, runKernel, useEngine, values } from './reference';

const labels = () => tf.tensor1d([2, 0, 3, 3, 1], 'int32');
const logits = () => tf.tidy(() => tf.mul(values([5, 4]), 8));

const kernel = (x: tf.Tensor) => runKernel('SparseSoftmaxCrossEntropy', { logits: x, labels: labels() });
const loss = (x: tf.Tensor) => kernel(x)[0] as tf.Tensor;
const composite = (x: tf.Tensor) => tf.neg(tf.sum(tf.mul(tf.oneHot(labels(), 4), tf.logSoftmax(x as tf.Tensor2D)), 1));

useEngine();

describe('SparseSoftmaxCrossEntropy', () => {
  it('gives one loss a sample', async () => {
    const [wanted] = await onCpu(() => [composite(logits())]);
    const actual = loss(logits());
    expect(actual.shape).toEqual([5]);
    expectClose(actual, wanted);
  });

  it('gives the gradient of logits for unequal upstream gradients', async () => {
    const [wanted] = await onCpu(() => [tf.grad(composite)(logits(), values([5], 1))]);
    expectClose(tf.grad(loss)(logits(), values([5], 1)), wanted);
  });

  it('returns softmax minus one-hot as its second output', () => {
    const wanted = tf.sub(tf.softmax(logits()), tf.oneHot(labels(), 4)).dataSync();
    expectClose(kernel(logits())[1] as tf.Tensor, wanted);
  });

  it('stays exact where the probability of the class underflows', () => {
    const far = tf.tensor2d([[-60, 60, 0, 0]]);
    const [value] = runKernel('SparseSoftmaxCrossEntropy', { logits: far, labels: tf.tensor1d([0], 'int32') });
    expectClose(value as tf.Tensor, [120]);
  });

  it('leaves no tensor behind in 1,000 calls with gradient', () => {
    const x = logits();
    const y = labels();
    const gradient = tf.grad((z) => runKernel('SparseSoftmaxCrossEntropy', { logits: z, labels: y })[0] as tf.Tensor);
    expectTensorsLeft(0, () => {
      for (let call = 0; call < 1000; call++) gradient(x).dispose();
    });
  });
});
