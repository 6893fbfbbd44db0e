import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { expectClose, expectTensorsLeft, onEachBackend } from '@hypersphere/testing';

import { BATCH_NORM_TRAINING, batchNormTraining } from '../src';
import golden from './golden/batch-norm-training.json';
import { startNative } from './start-native';

onEachBackend('batchNormTraining', startNative, () => {
  describe.each(golden.cases)('$name', (c) => {
    const inputs = (): [tf.Tensor, tf.Tensor1D, tf.Tensor1D] => [tf.tensor(c.x, c.shape), tf.tensor1d(c.gamma), tf.tensor1d(c.beta)];

    it('matches the float64 values', () => {
      const { y, mean, variance } = batchNormTraining(...inputs(), c.epsilon);
      expect(y.shape).toEqual(c.shape);
      expectClose(y, c.y, { rtol: 1e-5, atol: 1e-5 });
      expectClose(mean, c.mean);
      expectClose(variance, c.variance);
    });

    it('matches the float64 gradients, and none flows through the statistics', () => {
      const upstream = tf.tensor(c.upstream, c.shape);
      const f = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor => {
        const { y, mean, variance } = batchNormTraining(x, gamma as tf.Tensor1D, beta as tf.Tensor1D, c.epsilon);
        return tf.add(tf.sum(tf.mul(y, upstream)), tf.sum(tf.mul(3, tf.add(mean, variance))));
      };
      const [gradX, gradGamma, gradBeta] = tf.grads(f)(inputs());
      expectClose(gradX!, c.gradX, { rtol: 1e-4, atol: 1e-5 });
      expectClose(gradGamma!, c.gradGamma, { rtol: 1e-4, atol: 1e-5 });
      expectClose(gradBeta!, c.gradBeta, { rtol: 1e-4, atol: 1e-5 });
    });

    it('leaves three tensors behind', () => {
      const given = inputs();
      expectTensorsLeft(3, () => batchNormTraining(...given, c.epsilon));
    });
  });
});

describe('the kernel of the backend', () => {
  afterEach(() => tf.unregisterKernel(BATCH_NORM_TRAINING, 'cpu'));

  it('is used where one is registered', async () => {
    await tf.setBackend('cpu');
    const [x, gamma, beta] = [tf.ones<tf.Rank.R2>([3, 2]), tf.ones<tf.Rank.R1>([2]), tf.zeros<tf.Rank.R1>([2])];
    const seen: unknown[] = [];
    tf.registerKernel({
      kernelName: BATCH_NORM_TRAINING,
      backendName: 'cpu',
      kernelFunc: ({ inputs, attrs }) => {
        seen.push(Object.keys(inputs), attrs);
        return [x, gamma, beta];
      },
    });
    batchNormTraining(x, gamma, beta, 0.5);
    expect(seen).toEqual([['x', 'gamma', 'beta'], { epsilon: 0.5 }]);
  });
});

it('says which argument does not fit', () => {
  expect(() => batchNormTraining(tf.zeros([2, 3]), tf.ones([3]), tf.zeros([4]), 0.1)).toThrow(
    new RangeError('batchNormTraining: beta must be [3] to match x [2,3], got [4]'),
  );
});
