import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { it } from '@jest/globals';

import { liftedStructure, type LiftedStructureOptions } from '../../src';
import worked from '../golden/lifted-structure.json';
import generated from '../golden/lifted-structure-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<LiftedStructureOptions>('liftedStructure', [worked, generated], ({ embeddings, labels }, options) =>
  liftedStructure(embeddings, labels, options),
);

onBackends('liftedStructure', () => {
  const x = () => tf.tensor2d([[0, 0], [3, 4], [0, 1], [6, 8]]);
  const of = (labels: number[], options: LiftedStructureOptions = {}) => (e: tf.Tensor) =>
    liftedStructure(e as tf.Tensor2D, tf.tensor1d(labels, 'int32'), options).loss;
  const forms = ['pairs', 'generalised'] as const;

  it.each([
    ['no positives', [0, 1, 2, 3]],
    ['no negatives', [5, 5, 5, 5]],
  ])('is 0 with gradient 0 where there are %s', (_, labels) => {
    tf.tidy(() => {
      for (const form of forms) {
        expectClose(of(labels, { form })(x()), 0);
        expectClose(tf.grad(of(labels, { form }))(x()), new Float32Array(8));
      }
    });
  });

  it('weighs a pair against the negatives of both ends', () => {
    tf.tidy(() => {
      // rows 0 and 1 are 5 apart; negatives of 0 at 1 and 10, of 1 at sqrt(18) and 5
      const near = [1, 10, Math.sqrt(18), 5].map((d) => Math.exp(2 - d));
      const j = 5 + Math.log(near.reduce((a, b) => a + b));
      const { loss, perAnchor } = liftedStructure(x(), tf.tensor1d([0, 0, 1, 2], 'int32'), { margin: 2 });
      expectClose(loss, j ** 2 / 2);
      expectClose(perAnchor, [j ** 2, j ** 2, 0, 0]);
    });
  });

  it('counts an anchor without positives as 0 in the generalised form', () => {
    tf.tidy(() => {
      const { loss, perAnchor } = liftedStructure(x(), tf.tensor1d([0, 0, 1, 2], 'int32'), { form: 'generalised' });
      const of0 = 5 + Math.log(Math.exp(0) + Math.exp(-9));
      const of1 = 5 + Math.log(Math.exp(1 - Math.sqrt(18)) + Math.exp(-4));
      expectClose(perAnchor, [of0, of1, 0, 0]);
      expectClose(loss, (of0 + of1) / 4);
    });
  });

  it('has no slope below the hinge', () => {
    tf.tidy(() => {
      const apart = tf.tensor2d([[0], [0.1], [50], [50.2]]);
      for (const form of forms) {
        expectClose(of([0, 0, 1, 1], { form })(apart), 0);
        expectClose(tf.grad(of([0, 0, 1, 1], { form }))(apart), [0, 0, 0, 0]);
      }
    });
  });

  it('has gradient 0 at equal embeddings', () => {
    tf.tidy(() => {
      const equal = tf.ones<tf.Rank.R2>([4, 2]);
      expectClose(of([0, 0, 1, 1])(equal), (1 + Math.log(4)) ** 2 / 2);
      expectClose(of([0, 0, 1, 1], { form: 'generalised' })(equal), 1 + Math.LN2);
      for (const form of forms) expectClose(tf.grad(of([0, 0, 1, 1], { form }))(equal), new Float32Array(8));
    });
  });
});
