import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { it } from '@jest/globals';

import { tripletBatchHard, type TripletBatchHardOptions } from '../../src';
import worked from '../golden/triplet-batch-hard.json';
import generated from '../golden/triplet-batch-hard-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<TripletBatchHardOptions>('tripletBatchHard', [worked, generated], ({ embeddings, labels }, options) =>
  tripletBatchHard(embeddings, labels, options),
);

onBackends('tripletBatchHard', () => {
  const x = () => tf.tensor2d([[0, 0], [3, 4], [0, 1], [6, 8]]);
  const of = (labels: number[], options: TripletBatchHardOptions = {}) => (e: tf.Tensor) =>
    tripletBatchHard(e as tf.Tensor2D, tf.tensor1d(labels, 'int32'), options).loss;

  it.each([
    ['no positives', [0, 1, 2, 3]],
    ['no negatives', [5, 5, 5, 5]],
  ])('is 0 with gradient 0 where there are %s', (_, labels) => {
    tf.tidy(() => {
      for (const form of ['hinge', 'soft'] as const) {
        expectClose(of(labels, { form })(x()), 0);
        expectClose(tf.grad(of(labels, { form }))(x()), new Float32Array(8));
      }
    });
  });

  it('averages over anchors that have a positive and a negative', () => {
    tf.tidy(() => {
      // anchors 0 and 1 are 5 apart; the nearest others: 1 from 0, sqrt(18) from 1; 2 and 3 are alone
      const out = tripletBatchHard(x(), tf.tensor1d([0, 0, 1, 2], 'int32'), { margin: 0.5 });
      expectClose(out.perAnchor, [4.5, 5.5 - Math.sqrt(18), 0, 0]);
      expectClose(out.loss, (10 - Math.sqrt(18)) / 2);
    });
  });

  it('takes the farthest positive and the nearest negative', () => {
    tf.tidy(() => {
      // anchor 0: farthest positive is row 3 at 10, nearest negative row 2 at 1
      expectClose(tripletBatchHard(x(), tf.tensor1d([0, 0, 1, 0], 'int32'), { margin: 2 }).perAnchor.slice([0], [1]), [11]);
    });
  });

  it('has no slope where the hinge is met exactly, nor at equal embeddings', () => {
    tf.tidy(() => {
      // from row 0 the positive and the negative are both 1 away; from row 1 the negative is 2 away; row 2 is alone
      const line = tf.tensor2d([[0], [1], [-1]]);
      expectClose(tf.grad(of([0, 0, 1], { margin: 0 }))(line), [0, 0, 0]);
      const equal = tf.ones<tf.Rank.R2>([4, 2]);
      expectClose(of([0, 0, 1, 1], { margin: 0.3 })(equal), 0.3);
      expectClose(tf.grad(of([0, 0, 1, 1], { margin: 0.3 }))(equal), new Float32Array(8));
    });
  });

  it('measures angles in radians whatever the lengths', () => {
    tf.tidy(() => {
      const at = (degrees: number, length: number) => [length * Math.cos((degrees * Math.PI) / 180), length * Math.sin((degrees * Math.PI) / 180)];
      const e = tf.tensor2d([at(0, 1), at(40, 7), at(60, 0.2), at(110, 2)]);
      const { perAnchor } = tripletBatchHard(e, tf.tensor1d([0, 0, 1, 1], 'int32'), { distance: 'angular', margin: 0.35 });
      const rad = Math.PI / 180;
      expectClose(perAnchor, [Math.max(0, -20 * rad + 0.35), 20 * rad + 0.35, 30 * rad + 0.35, Math.max(0, -20 * rad + 0.35)]);
    });
  });
});
