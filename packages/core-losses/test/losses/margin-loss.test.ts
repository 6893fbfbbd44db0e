import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { marginLoss, type MarginLossOptions } from '../../src';
import worked from '../golden/margin-loss.json';
import generated from '../golden/margin-loss-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<MarginLossOptions>('marginLoss', [worked, generated], ({ embeddings, labels, offset, named }, options) =>
  marginLoss(embeddings, labels, { ...options, ...named, ...(offset && { offset }) }),
);

onBackends('marginLoss', () => {
  const x = () => tf.tensor2d([[1, 0.5, -0.2], [0.8, 0.9, 0.1], [-0.6, 1.1, 0.4], [-0.9, 0.7, -0.5], [0.2, -1, 0.9], [0.4, -0.3, 1.2]]);
  const labelled = (...labels: number[]) => tf.tensor1d(labels, 'int32');
  const all = (labels: number[], options: MarginLossOptions = {}) => (e: tf.Tensor) =>
    marginLoss(e as tf.Tensor2D, labelled(...labels), { sampling: 'all', ...options }).loss;

  it('is 0 with gradient 0 without positives, and with one class', () => {
    tf.tidy(() => {
      for (const labels of [[0, 1, 2, 3, 4, 5], [2, 2, 2, 2, 2, 2]]) {
        const of = (e: tf.Tensor) => marginLoss(e as tf.Tensor2D, labelled(...labels), { uniforms: tf.fill([6, 6], 0.5) }).loss;
        expectClose(of(x()), 0);
        expectClose(tf.grad(of)(x()), new Float32Array(18));
      }
    });
  });

  it('has a value but no direction where all embeddings are equal, and moves the boundary down', () => {
    tf.tidy(() => {
      const equal = tf.tile(x().slice(0, 1), [6, 1]);
      const labels = [0, 0, 1, 1, 2, 2];
      expectClose(all(labels)(equal), 1.4); // every negative is 1.4 too near, no positive too far
      expectClose(tf.grad(all(labels))(equal), new Float32Array(18));
      const of = (offset: tf.Tensor) => all(labels, { offset: offset as tf.Tensor1D })(equal);
      expectClose(tf.grad(of)(tf.zeros([3])), [1 / 3, 1 / 3, 1 / 3]);
    });
  });

  it('gives the boundary the excess of active negatives over active positives as gradient', () => {
    tf.tidy(() => {
      const of = (offset: tf.Tensor) => all([0, 1, 0, 1, 2, 2], { boundary: 0.8, offset: offset as tf.Tensor1D })(x());
      const h = 1e-3;
      const slope = tf.div(tf.sub(of(tf.tensor([h])), of(tf.tensor([-h]))), 2 * h);
      expectClose(tf.grad(of)(tf.tensor([0])), [slope.dataSync()[0] as number], { rtol: 1e-3, atol: 1e-3 });
    });
  });

  it('draws negatives as often as they should be drawn', () => {
    tf.tidy(() => {
      // from the anchor at angle 0: positive beside it, negatives at distances 0.6 and 1.1, in three dimensions as likely as 1 / D
      const at = (d: number) => [1 - (d * d) / 2, Math.sqrt(1 - (1 - (d * d) / 2) ** 2), 0];
      const rows = tf.tensor2d([[1, 0, 0], [1, 0, 0], at(0.6), at(1.1)]);
      const margins = { boundary: 2, margin: 0 }; // the loss of anchor 0 is 2 - D of its negative
      const times = 400;
      let nearer = 0;
      for (let i = 0; i < times; i++) {
        const uniforms = tf.tensor2d(Array.from({ length: 16 }, (_, j) => (0.5 + i * [0, 0, 0.7548776662, 0.5698402909][j % 4]!) % 1), [4, 4]);
        const own = marginLoss(rows, labelled(0, 0, 1, 2), { ...margins, uniforms }).perAnchor.dataSync()[0] as number;
        nearer += own > 2.3 ? 1 : 0; // 4 / 2 times 2 - D: 2.8 or 1.8
      }
      expect(nearer / times).toBeCloseTo(1.1 / (1.1 + 0.6), 1);
    });
  });

  it('says that draws are missing or do not fit', () => {
    tf.tidy(() => {
      const labels = labelled(0, 0, 1, 1, 2, 2);
      expect(() => marginLoss(x(), labels)).toThrow(
        new RangeError("marginLoss: sampling needs uniforms [n, n] in [0, 1), got none; give them, or take sampling 'all'"),
      );
      expect(() => marginLoss(x(), labels, { uniforms: tf.zeros([6, 5]) })).toThrow(
        new RangeError('marginLoss: uniforms must be [6,6] to match embeddings [6,3], got [6,5]'),
      );
    });
  });
});
