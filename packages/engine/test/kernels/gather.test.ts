import * as tf from '@tensorflow/tfjs';
import { beforeEach, expect, it } from '@jest/globals';
import { expectTensorsLeft } from '@hypersphere/testing';

import { onCpu, useEngine, values } from './reference';

useEngine();

beforeEach(async () => {
  await tf.setBackend('tensorflow');
});

it.each([
  { shape: [4, 3], indices: [3, 0, 0], axis: 0 },
  { shape: [4, 3], indices: [2, 1], axis: 1 },
  { shape: [2, 5, 3], indices: [4], axis: 1 },
])('gather of $shape along $axis gives value and gradient', async ({ shape, indices, axis }) => {
  const body = () => {
    const picked = (x: tf.Tensor) => tf.gather(x, tf.tensor1d(indices, 'int32'), axis);
    const x = values(shape);
    return [picked(x), tf.grad((given) => tf.sum(tf.square(picked(given))))(x)];
  };
  const wanted = await onCpu(body);
  expect(tf.tidy(body).map((tensor) => tensor.dataSync())).toEqual(wanted);
});

it('gather refuses an index out of range, and leaves nothing behind', () => {
  const x = values([4, 3]);
  expect(() => tf.tidy(() => tf.gather(x, tf.tensor1d([1, 4], 'int32')))).toThrow('indices[1] = 4 is not in [0, 4)');
  const at = tf.tensor1d([1, 3], 'int32');
  expectTensorsLeft(1, () => tf.gather(x, at));
});
