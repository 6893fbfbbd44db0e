import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { it } from '@jest/globals';

import { circle, type CircleOptions } from '../../src';
import worked from '../golden/circle.json';
import generated from '../golden/circle-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<CircleOptions>('circle', [worked, generated], ({ embeddings, labels }, options) =>
  circle(embeddings, labels, options),
);

onBackends('circle', () => {
  const x = () => tf.tensor2d([[1, 0], [3, 4], [0, 1], [-6, 8]]);
  const of = (labels: number[], options: CircleOptions = {}) => (e: tf.Tensor) =>
    circle(e as tf.Tensor2D, tf.tensor1d(labels, 'int32'), options).loss;

  it.each([
    ['no positives', [0, 1, 2, 3]],
    ['no negatives', [5, 5, 5, 5]],
  ])('is 0 with gradient 0 where there are %s', (_, labels) => {
    tf.tidy(() => {
      for (const reduction of ['anchor', 'batch'] as const) {
        expectClose(of(labels, { reduction })(x()), 0);
        expectClose(tf.grad(of(labels, { reduction }))(x()), new Float32Array(8));
      }
    });
  });

  it('averages over anchors that have a positive and a negative', () => {
    tf.tidy(() => {
      // cosines 0.6 with the positive, 0 and -0.6 with negatives of anchor 0; 0.8 and 0.28 of anchor 1
      const { loss, perAnchor } = circle(x(), tf.tensor1d([0, 0, 1, 2], 'int32'), { scale: 2, margin: 0.25 });
      const pull = Math.exp(2 * 0.65 * 0.15);
      const terms = [
        Math.log(1 + pull * (Math.exp(2 * 0.25 * -0.25) + 1)),
        Math.log(1 + pull * (Math.exp(2 * 1.05 * 0.55) + Math.exp(2 * 0.53 * 0.03))),
      ] as const;
      expectClose(perAnchor as tf.Tensor, [...terms, 0, 0]);
      expectClose(loss, (terms[0] + terms[1]) / 2);
    });
  });

  it('has gradient 0 at equal embeddings', () => {
    tf.tidy(() => {
      const equal = tf.tile(tf.tensor2d([[0.6, 0.8]]), [4, 1]);
      for (const reduction of ['anchor', 'batch'] as const) {
        expectClose(tf.grad(of([0, 0, 1, 1], { scale: 2, reduction }))(equal), new Float32Array(8));
      }
    });
  });

  it('stops the weights: a pair pulls by gamma alpha, not by the slope of their product', () => {
    tf.tidy(() => {
      // anchor [1, 0], positive at 60 degrees, negative opposite with weight 0; sigmoid of the sum is all that is left
      const s = (degrees: number) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
      const e = tf.tensor2d([s(0), s(60), s(180)]);
      const first = tf.grad((z) => circle(z as tf.Tensor2D, tf.tensor1d([0, 0, 1], 'int32'), { scale: 2, margin: 0.25 }).perAnchor!.slice(0, 1).sum())(e);
      const sum = 2 * 0.75 * 0.25; // gamma alpha_p (1 - m - s_p) at s_p = 0.5
      const pull = (1 / (1 + Math.exp(-sum))) * 2 * 0.75;
      // the positive moves along the tangent that raises its cosine with the anchor
      expectClose(first.slice([1, 0], [1, 2]), [-pull * 0.75, pull * 0.5 * Math.sin(Math.PI / 3)]);
    });
  });
});
