import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { it } from '@jest/globals';

import { contraX, softmax, type ContraXOptions } from '../../src';
import worked from '../golden/contra-x.json';
import generated from '../golden/contra-x-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<ContraXOptions>('contraX', [worked, generated], ({ embeddings, labels, prototypes, bias }, options) =>
  contraX(embeddings, labels, prototypes, { ...options, ...(bias && { bias }) }),
);

onBackends('contraX', () => {
  const x = () => tf.tensor2d([[1, 0.2], [0.9, 0.6], [-0.4, 1], [0.1, 0.8]]);
  const w = () => tf.tensor2d([[1, 0.3], [0, 2], [-3, 1], [0.5, 0.5]]);
  const of = (labels: number[], options: ContraXOptions = {}) => (e: tf.Tensor) =>
    contraX(e as tf.Tensor2D, tf.tensor1d(labels, 'int32'), w(), options).loss;
  const alone = (labels: number[]) => (e: tf.Tensor) => softmax(e as tf.Tensor2D, tf.tensor1d(labels, 'int32'), w()).loss;

  it('is softmax alone with one class', () => {
    tf.tidy(() => {
      expectClose(of([1, 1, 1, 1])(x()), alone([1, 1, 1, 1])(x()));
      expectClose(tf.grad(of([1, 1, 1, 1]))(x()), tf.grad(alone([1, 1, 1, 1]))(x()));
    });
  });

  it('drives examples apart that are alone in their class', () => {
    tf.tidy(() => {
      // unit rows of cosine c: -2 log(e^10 / (e^10 + e^{10 c}))
      const two = tf.tensor2d([[2, 0], [0.6, 0.8]]);
      const contrast = tf.sub(of([0, 1])(two), alone([0, 1])(two));
      expectClose(contrast, 2 * Math.log1p(Math.exp(10 * 0.6 - 10)));
    });
  });

  it('keeps its classes’ share of equal embeddings, with no gradient from the contrast', () => {
    tf.tidy(() => {
      const equal = tf.tile(x().slice(0, 1), [4, 1]);
      const labels = [0, 0, 0, 1];
      expectClose(tf.sub(of(labels)(equal), alone(labels)(equal)), -3 * Math.log(3 / 4) - Math.log(1 / 4), { rtol: 1e-4 });
      for (const form of ['share', 'divergence'] as const) {
        expectClose(tf.grad(of(labels, { form }))(equal), tf.grad(alone(labels))(equal), { atol: 1e-5 });
      }
    });
  });
});
