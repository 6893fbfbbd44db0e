import * as tf from '@tensorflow/tfjs';
import { expectClose, expectTensorsLeft } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { sparseSoftmaxCrossEntropy } from '../../src';
import { onBackends } from '../on-backends';

onBackends('sparseSoftmaxCrossEntropy', (backend) => {
  const extreme = () => tf.tensor2d([[-30, 30, 0], [100, 0, -100]]);
  const labels = () => tf.tensor1d([0, 1], 'int32');

  it('uses the kernel where there is one', () => {
    expect(tf.getKernel('SparseSoftmaxCrossEntropy', tf.getBackend()) !== undefined).toBe(backend === 'tensorflow');
  });

  it('is exact where clipped probabilities are not', () => {
    tf.tidy(() => {
      const loss = (z: tf.Tensor) => tf.sum(tf.mul(sparseSoftmaxCrossEntropy(z as tf.Tensor2D, labels()), [1, 3]));
      expectClose(sparseSoftmaxCrossEntropy(extreme(), labels()), [60, 100]);
      // each row's gradient is weighed by its own upstream value
      expectClose(tf.grad(loss)(extreme()), [-1, 1, 0, 3, -3, 0]);
    });
  });

  it('has the gradient softmax minus one-hot', () => {
    tf.tidy(() => {
      const z = [0.2, -0.4, 1.1];
      const total = z.reduce((sum, v) => sum + Math.exp(v), 0);
      const gradient = tf.grad((x) => tf.sum(sparseSoftmaxCrossEntropy(x as tf.Tensor2D, tf.tensor1d([2], 'int32'))))(tf.tensor2d([z]));
      expectClose(gradient, z.map((v, j) => Math.exp(v) / total - (j === 2 ? 1 : 0)));
    });
  });

  it('leaves its result only', () => {
    const [z, y] = [extreme(), labels()];
    expectTensorsLeft(1, () => sparseSoftmaxCrossEntropy(z, y));
  });
});
