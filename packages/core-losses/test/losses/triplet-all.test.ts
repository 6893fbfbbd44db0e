import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { it } from '@jest/globals';

import { tripletAll, type TripletAllOptions } from '../../src';
import worked from '../golden/triplet-all.json';
import generated from '../golden/triplet-all-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<TripletAllOptions>('tripletAll', [worked, generated], ({ embeddings, labels }, options) =>
  tripletAll(embeddings, labels, options),
);

onBackends('tripletAll', () => {
  const x = () => tf.tensor2d([[0, 0], [3, 4], [0, 1], [6, 8]]);
  const of = (labels: number[], options: TripletAllOptions = {}) => (e: tf.Tensor) =>
    tripletAll(e as tf.Tensor2D, tf.tensor1d(labels, 'int32'), options).loss;
  const reductions = ['mean', 'nonZero', 'sum'] as const;

  it.each([
    ['no positives', [0, 1, 2, 3]],
    ['no negatives', [5, 5, 5, 5]],
  ])('is 0 with gradient 0 where there are %s', (_, labels) => {
    tf.tidy(() => {
      for (const reduction of reductions) {
        for (const form of ['hinge', 'soft'] as const) {
          expectClose(of(labels, { form, reduction })(x()), 0);
          expectClose(tf.grad(of(labels, { form, reduction }))(x()), new Float32Array(8));
        }
      }
    });
  });

  it('averages over all triplets, over those above 0, or sums', () => {
    tf.tidy(() => {
      // (0,1,2): 5 - 1, (0,1,3): 5 - 10, (1,0,2): 5 - sqrt(18), (1,0,3): 5 - 5
      const sum = 4.5 + 5.5 - Math.sqrt(18) + 0.5;
      expectClose(of([0, 0, 1, 2], { margin: 0.5, reduction: 'sum' })(x()), sum);
      expectClose(of([0, 0, 1, 2], { margin: 0.5 })(x()), sum / 4);
      expectClose(of([0, 0, 1, 2], { margin: 0.5, reduction: 'nonZero' })(x()), sum / 3);
    });
  });

  it('has no slope where the hinge is met exactly', () => {
    tf.tidy(() => {
      // anchor 1: both at distance 1 on either side, the hinge is met; anchor 0: 1 - 2 is below it
      const line = tf.tensor2d([[-1], [0], [1]]);
      expectClose(tf.grad(of([0, 0, 1], { margin: 0, distance: 'squared' }))(line), [0, 0, 0]);
    });
  });

  it('gives the margin, or log 2, with gradient 0 at equal embeddings', () => {
    tf.tidy(() => {
      const equal = tf.ones<tf.Rank.R2>([4, 2]);
      for (const distance of ['euclidean', 'squared'] as const) {
        expectClose(of([0, 0, 1, 1], { margin: 0.3, distance })(equal), 0.3);
        expectClose(of([0, 0, 1, 1], { form: 'soft', distance })(equal), Math.LN2);
        expectClose(tf.grad(of([0, 0, 1, 1], { margin: 0.3, distance }))(equal), new Float32Array(8));
      }
    });
  });

  it('keeps its digits far from the origin', () => {
    tf.tidy(() => {
      const labels = [0, 0, 1, 1];
      const far = tf.add<tf.Tensor2D>(x(), 4096);
      expectClose(of(labels, { margin: 1 })(far), of(labels, { margin: 1 })(x()));
      expectClose(tf.grad(of(labels, { margin: 1 }))(far), tf.grad(of(labels, { margin: 1 }))(x()));
    });
  });
});
