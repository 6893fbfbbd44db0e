import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { it } from '@jest/globals';

import { tripletSemiHard, type TripletSemiHardOptions } from '../../src';
import worked from '../golden/triplet-semi-hard.json';
import generated from '../golden/triplet-semi-hard-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<TripletSemiHardOptions>('tripletSemiHard', [worked, generated], ({ embeddings, labels }, options) =>
  tripletSemiHard(embeddings, labels, options),
);

onBackends('tripletSemiHard', () => {
  const x = () => tf.tensor2d([[0, 0], [3, 4], [0, 1], [6, 8]]);
  const raw: TripletSemiHardOptions = { normalise: false, distance: 'euclidean' };
  const of = (labels: number[], options: TripletSemiHardOptions = {}) => (e: tf.Tensor) =>
    tripletSemiHard(e as tf.Tensor2D, tf.tensor1d(labels, 'int32'), options).loss;

  it.each([
    ['no positives', [0, 1, 2, 3]],
    ['no negatives', [5, 5, 5, 5]],
  ])('is 0 with gradient 0 where there are %s', (_, labels) => {
    tf.tidy(() => {
      for (const mining of ['nearest', 'all'] as const) {
        for (const reduction of ['mean', 'nonZero', 'sum'] as const) {
          expectClose(of(labels, { ...raw, mining, reduction })(x()), 0);
          expectClose(tf.grad(of(labels, { ...raw, mining, reduction }))(x()), new Float32Array(8));
        }
      }
    });
  });

  it('takes the nearest negative beyond the positive, else the farthest', () => {
    tf.tidy(() => {
      const line = tf.tensor2d([[0], [2], [-1], [3], [-4]]);
      // anchor 0: beyond 2 there are 3 and 4, nearest 3. anchor 1: beyond 2 there are 3 and 6, nearest 3
      expectClose(of([0, 0, 1, 2, 3], { ...raw, margin: 5 })(line), 4);
      // nothing is beyond 9 from 0, so the farthest, 4; from 9 it is 10 and 13 that are, so 10
      const wide = tf.tensor2d([[0], [9], [-1], [3], [-4]]);
      expectClose(tripletSemiHard(wide, tf.tensor1d([0, 0, 1, 2, 3], 'int32'), { ...raw, margin: 5 }).perAnchor, [25, 10, 0, 0, 0]);
    });
  });

  it('takes every negative beyond the positive within the margin', () => {
    tf.tidy(() => {
      const line = tf.tensor2d([[0], [2], [-1], [3], [-4]]);
      // gaps of anchor 0: -1, 1, 2; of anchor 1: 1, -1, 4
      expectClose(of([0, 0, 1, 2, 3], { ...raw, mining: 'all', margin: 2.5 })(line), (1.5 + 0.5 + 1.5) / 3);
    });
  });

  it('stops the choice: the positive moves as if the negative were given', () => {
    tf.tidy(() => {
      const line = tf.tensor2d([[0], [2], [-1], [3], [-4]]);
      // anchor 0: 5 + (x1 - x0) - (x3 - x0); anchor 1: 5 + (x1 - x0) - (x1 - x2)
      expectClose(tf.grad(of([0, 0, 1, 2, 3], { ...raw, margin: 5, reduction: 'sum' }))(line), [-1, 1, 1, -1, 0]);
    });
  });

  it('gives the margin with gradient 0 at equal embeddings, or 0 where all negatives within it are taken', () => {
    tf.tidy(() => {
      const equal = tf.ones<tf.Rank.R2>([4, 2]);
      for (const options of [{}, raw]) {
        expectClose(of([0, 0, 1, 1], options)(equal), 0.2);
        expectClose(tf.grad(of([0, 0, 1, 1], options))(equal), new Float32Array(8));
      }
      expectClose(of([0, 0, 1, 1], { ...raw, mining: 'all' })(equal), 0);
    });
  });
});
