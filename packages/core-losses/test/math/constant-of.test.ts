import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { constantOf, stopGradient } from '../../src';
import { onBackends } from '../on-backends';

onBackends('constantOf', () => {
  it('lets a comparison stand on the path of a gradient', () => {
    tf.tidy(() => {
      const x = tf.tensor1d([-1, 2, 3]);
      const isLarge = constantOf<tf.Tensor1D>((v) => tf.cast(tf.greater(v, 1.5), 'float32'));
      expectClose(isLarge(x), [0, 1, 1]);
      expectClose(tf.grad((v) => tf.sum(tf.mul(tf.square(v), isLarge(v as tf.Tensor1D))))(x), [0, 4, 6]);
      // and without it there is none: if tfjs learns to, this file can go
      expect(() => tf.grad((v) => tf.sum(tf.mul(v, tf.cast(tf.greater(v, 1.5), 'float32'))))(x)).toThrow('Greater');
    });
  });

  it('stops the gradient, not the value', () => {
    tf.tidy(() => {
      const x = tf.tensor1d([2, 5]);
      expectClose(stopGradient(x), [2, 5]);
      expectClose(tf.grad((v) => tf.sum(tf.mul(v, stopGradient(v))))(x), [2, 5]);
    });
  });

  it('needs its argument no more when the gradient is taken', () => {
    tf.tidy(() => {
      // tf.tidy disposes of v + 1, which no other op's gradient asks for
      const isLarge = constantOf<tf.Tensor1D>((u) => tf.cast(tf.greater(u, 4), 'float32'));
      const of = (v: tf.Tensor) => tf.tidy(() => tf.sum<tf.Scalar>(tf.mul(v, isLarge(tf.add<tf.Tensor1D>(v, 1)))));
      expectClose(tf.grad(of)(tf.tensor1d([2, 5])), [0, 1]);
    });
  });
});
