import * as tf from '@tensorflow/tfjs';
import { beforeEach, describe, expect, it } from '@jest/globals';

import { expectClose, expectTensorsLeft } from '@hypersphere/testing';

import { useEngine, values } from './reference';

const numbers = (x: tf.Tensor) => Array.from(x.dataSync());

/** Expected values in float64, by hand. */
function expectedPrelu(x: tf.Tensor, alpha: tf.Tensor, dy: tf.Tensor) {
  const [xs, alphas, dys] = [numbers(x), numbers(tf.broadcastTo(alpha, x.shape)), numbers(dy)];
  return {
    y: xs.map((value, i) => (value > 0 ? value : value * (alphas[i] as number))),
    dx: xs.map((value, i) => (dys[i] as number) * (value > 0 ? 1 : (alphas[i] as number))),
    perValue: xs.map((value, i) => (value > 0 ? 0 : value * (dys[i] as number))),
  };
}

useEngine();

describe.each(['tensorflow', 'cpu'])('on %s', (backend) => {
  beforeEach(async () => {
    await tf.setBackend(backend);
  });

  it('Relu passes the gradient where x > 0, not at 0', () => {
    const gradient = tf.grad((x) => tf.relu(x));
    expectClose(gradient(tf.tensor1d([-2, 0, 1e-20, 3]), tf.tensor1d([5, 6, 7, 8])), [0, 0, 7, 8]);
    const x = values([3, 4, 5]);
    const dy = values([3, 4, 5], 1);
    const [xs, dys] = [numbers(x), numbers(dy)];
    expectClose(gradient(x, dy), dys.map((value, i) => ((xs[i] as number) > 0 ? value : 0)));
  });

  it.each([[[5]], [[1, 1, 5]], [[3, 4, 5]], [[1, 4, 1]], [[1]]])('Prelu with alpha [%s] gives value and gradients', (shape) => {
    const x = values([2, 3, 4, 5]);
    const alpha = values(shape, 2);
    const dy = values([2, 3, 4, 5], 1);
    const wanted = expectedPrelu(x, alpha, dy);
    expectClose(tf.prelu(x, alpha), wanted.y);
    const [dx, dAlpha] = tf.grads((input, slope) => tf.prelu(input, slope))([x, alpha], dy) as [tf.Tensor, tf.Tensor];
    expectClose(dx, wanted.dx);
    expect(dAlpha.shape).toEqual(shape);
    const axes = tf.broadcast_util.getReductionAxes(shape, x.shape);
    expectClose(dAlpha, tf.sum(tf.tensor(wanted.perValue, x.shape), axes).dataSync(), { atol: 1e-5 });
  });

  it('Prelu leaves no tensor behind in 1,000 calls with gradient', () => {
    const x = values([4, 3]);
    const alpha = values([3], 2);
    const grads = tf.grads((input, slope) => tf.relu(tf.prelu(input, slope)));
    expectTensorsLeft(0, () => {
      for (let call = 0; call < 1000; call++) tf.dispose(grads([x, alpha]));
      tf.prelu(x, alpha).dispose();
    });
  });
});

it('Prelu keeps infinity on the native engine', async () => {
  await tf.setBackend('tensorflow');
  expect(numbers(tf.prelu(tf.tensor1d([Infinity, -Infinity]), tf.tensor1d([0.25])))).toEqual([Infinity, -Infinity]);
});
