import * as tf from '@tensorflow/tfjs';
import { beforeEach, describe, expect, it } from '@jest/globals';

import { expectClose, expectTensorsLeft } from '@hypersphere/testing';

import { onCpu, useEngine, values } from './reference';

useEngine();

beforeEach(async () => {
  await tf.setBackend('tensorflow');
});

interface Shape {
  readonly size: readonly [height: number, width: number];
  readonly inputs: number;
  readonly filters: number;
  readonly kernel: number;
  readonly strides: number | [number, number];
  readonly pad: 'same' | 'valid';
}

const filterGradient = ({ size: [height, width], inputs, filters, kernel, strides, pad }: Shape): tf.Tensor => {
  const x = values([5, height, width, inputs]) as tf.Tensor4D;
  const filter = values([kernel, kernel, inputs, filters], 1) as tf.Tensor4D;
  const convolve = (w: tf.Tensor): tf.Tensor => tf.conv2d(x, w as tf.Tensor4D, strides, pad);
  return tf.grad(convolve)(filter, values(convolve(filter).shape, 2));
};

// below 8 and below 16 channels: what a register of AVX2 and of AVX-512 holds
describe.each([2, 3, 4, 6, 8, 12, 16, 24])('filter gradient with %i channels', (inputs) => {
  it.each<Omit<Shape, 'inputs'>>([
    { size: [16, 16], filters: 8, kernel: 1, strides: 2, pad: 'valid' },
    { size: [9, 16], filters: 3, kernel: 1, strides: 2, pad: 'same' },
    { size: [13, 7], filters: 5, kernel: 1, strides: [3, 2], pad: 'valid' },
    { size: [8, 10], filters: 4, kernel: 1, strides: [1, 2], pad: 'same' },
    { size: [8, 10], filters: 4, kernel: 1, strides: 1, pad: 'valid' },
    { size: [12, 9], filters: 6, kernel: 3, strides: 2, pad: 'same' },
  ])('$kernel x $kernel, strides $strides, $pad', async (shape) => {
    const [wanted] = await onCpu(() => [filterGradient({ ...shape, inputs })]);
    const gradient = filterGradient({ ...shape, inputs });
    expect(gradient.shape).toEqual([shape.kernel, shape.kernel, inputs, shape.filters]);
    expectClose(gradient, Array.from(wanted as Float32Array), { rtol: 1e-4, atol: 1e-4 });
  });
});

it('leaves no tensor behind in 1,000 calls', () => {
  const x = values([2, 4, 4, 3]) as tf.Tensor4D;
  const filter = values([1, 1, 3, 2], 1) as tf.Tensor4D;
  const gradient = tf.grad((w) => tf.conv2d(x, w as tf.Tensor4D, 2, 'valid'));
  expectTensorsLeft(0, () => {
    for (let call = 0; call < 1000; call++) gradient(filter).dispose();
  });
});
