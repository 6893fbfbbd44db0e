import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { it } from '@jest/globals';

import { contrastive, type ContrastiveOptions } from '../../src';
import worked from '../golden/contrastive.json';
import generated from '../golden/contrastive-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<ContrastiveOptions>('contrastive', [worked, generated], ({ embeddings, labels }, options) =>
  contrastive(embeddings, labels, options),
);

onBackends('contrastive', () => {
  const x = () => tf.tensor2d([[0, 0], [3, 4], [0, 1], [0, 3]]);
  const of = (labels: number[], options: ContrastiveOptions = {}) => (e: tf.Tensor) =>
    contrastive(e as tf.Tensor2D, tf.tensor1d(labels, 'int32'), options).loss;
  const linear = { form: 'linear', average: 'violating' } as const;

  it('keeps the part that it has without positives or negatives', () => {
    tf.tidy(() => {
      // distances 5, 1, 3, sqrt(18), sqrt(10), 2
      expectClose(of([5, 5, 5, 5])(x()), (25 + 1 + 9 + 18 + 10 + 4) / 12);
      expectClose(of([0, 1, 2, 3], { negativeMargin: 2.5 })(x()), (1.5 ** 2 + 0.5 ** 2) / 12);
      expectClose(of([5, 5, 5, 5], linear)(x()), (5 + 1 + 3 + Math.sqrt(18) + Math.sqrt(10) + 2) / 6);
      expectClose(of([0, 1, 2, 3], { ...linear, negativeMargin: 2.5 })(x()), (1.5 + 0.5) / 2);
    });
  });

  it('is 0 with gradient 0 where nothing violates its margin', () => {
    tf.tidy(() => {
      for (const options of [{ negativeMargin: 0.9 }, { ...linear, negativeMargin: 0.9 }]) {
        expectClose(of([0, 1, 2, 3], options)(x()), 0);
        expectClose(tf.grad(of([0, 1, 2, 3], options))(x()), new Float32Array(8));
      }
    });
  });

  it('gives the terms of each anchor', () => {
    tf.tidy(() => {
      // positive pair 0, 1 at 5; negatives nearer than 2.5: 0, 2 at 1 and 2, 3 at 2; 12 ordered pairs, 4 anchors
      const { perAnchor } = contrastive(x(), tf.tensor1d([0, 0, 1, 2], 'int32'), { negativeMargin: 2.5 });
      expectClose(perAnchor, [12.5 + 1.125, 12.5, 1.125 + 0.125, 0.125].map((sum) => sum / 3));
      const split = contrastive(x(), tf.tensor1d([0, 0, 1, 2], 'int32'), { ...linear, negativeMargin: 2.5 });
      expectClose(split.perAnchor, [4 * (5 / 2 + 1.5 / 4), 4 * (5 / 2), 1.5 + 0.5, 0.5]);
    });
  });

  it('has a value but no direction where embeddings are equal', () => {
    tf.tidy(() => {
      const equal = tf.tile(tf.tensor2d([[0.6, 0.8]]), [4, 1]);
      const all: ContrastiveOptions = { negativeMargin: 0.5 };
      expectClose(of([0, 0, 1, 1], all)(equal), (0.125 * 8) / 12);
      for (const options of [all, { ...all, distance: 'cosine' }, { ...all, ...linear }, { ...all, ...linear, distance: 'cosine' }] as const) {
        expectClose(tf.grad(of([0, 0, 1, 1], options))(equal), new Float32Array(8));
        expectClose(of([5, 5, 5, 5], options)(equal), 0);
      }
      expectClose(of([0, 0, 1, 1], { ...all, ...linear })(equal), 0.5);
    });
  });

  it('does not differentiate how many pairs violate', () => {
    tf.tidy(() => {
      const line = tf.tensor2d([[0], [1], [3]]);
      // negatives 0, 1 and 1, 2 are within 2.5 of each other: the mean hinge is (1.5 + 0.5) / 2
      expectClose(of([0, 1, 2], { ...linear, negativeMargin: 2.5 })(line), 1);
      expectClose(tf.grad(of([0, 1, 2], { ...linear, negativeMargin: 2.5 }))(line), [0.5, 0, -0.5]);
    });
  });
});
