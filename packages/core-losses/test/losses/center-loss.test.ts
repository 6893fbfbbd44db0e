import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { centerLoss, type CenterLossOptions } from '../../src';
import worked from '../golden/center-loss.json';
import generated from '../golden/center-loss-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<CenterLossOptions>('centerLoss', [worked, generated], ({ embeddings, labels, centres }, options) =>
  centerLoss(embeddings, labels, centres, options),
);

onBackends('centerLoss', () => {
  it('moves a centre towards its examples only, and sends it no gradient', () => {
    tf.tidy(() => {
      const [x, y] = [tf.tensor2d([[1, 1], [3, 1]]), tf.tensor1d([1, 1], 'int32')];
      const centres = tf.tensor2d([[5, 5], [0, 0], [7, 7]]);
      // class 1: 0.5 * (4, 2) / (1 + 2)
      expectClose(centerLoss(x, y, centres).state?.centres as tf.Tensor, [5, 5, 2 / 3, 1 / 3, 7, 7]);
      expectClose(tf.grad((c) => centerLoss(x, y, c as tf.Tensor2D).loss)(centres), [0, 0, 0, 0, 0, 0]);
    });
  });

  it('sends no gradient through the next centres', () => {
    tf.tidy(() => {
      const y = tf.tensor1d([0], 'int32');
      const next = (x: tf.Tensor) => tf.sum(centerLoss(x as tf.Tensor2D, y, tf.zeros([1, 2])).state?.centres as tf.Tensor);
      expectClose(tf.grad(next)(tf.tensor2d([[1, 2]])), [0, 0]);
    });
  });

  it('speaks of centres when they do not fit', () => {
    const [x, y] = [tf.zeros<tf.Rank.R2>([4, 8]), tf.zeros<tf.Rank.R1>([4], 'int32')];
    expect(() => centerLoss(x, y, tf.zeros([10, 16]))).toThrow(
      new RangeError('centerLoss: centres must be [c, 8] to match embeddings [4,8], got [10,16]'),
    );
  });
});
