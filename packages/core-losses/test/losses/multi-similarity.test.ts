import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { cosineMatrix, multiSimilarity, stopGradient, type MultiSimilarityOptions } from '../../src';
import worked from '../golden/multi-similarity.json';
import generated from '../golden/multi-similarity-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<MultiSimilarityOptions>('multiSimilarity', [worked, generated], ({ embeddings, labels }, options) =>
  multiSimilarity(embeddings, labels, options),
);

onBackends('multiSimilarity', () => {
  const x = () => tf.tensor2d([[1, 0], [3, 4], [0, 2], [-0.6, 0.8]]);
  const of = (labels: number[], options: MultiSimilarityOptions = {}) => (e: tf.Tensor) =>
    multiSimilarity(e as tf.Tensor2D, tf.tensor1d(labels, 'int32'), options).loss;

  it.each([
    ['no positives', [0, 1, 2, 3]],
    ['no negatives', [5, 5, 5, 5]],
  ])('is 0 with gradient 0 where there are %s', (_, labels) => {
    tf.tidy(() => {
      expectClose(of(labels)(x()), 0);
      expectClose(tf.grad(of(labels))(x()), new Float32Array(8));
    });
  });

  it('keeps the side that an anchor has without mining', () => {
    tf.tidy(() => {
      const options = { mining: false, negativeScale: 2, threshold: 0 };
      const s = [[0, 0.6, 0, -0.6], [0.6, 0, 0.8, 0.28], [0, 0.8, 0, 0.8], [-0.6, 0.28, 0.8, 0]]; // cosines
      const term = (sign: number) => s.map((row, i) => 0.5 * Math.log(1 + row.reduce((sum, v, j) => sum + (i === j ? 0 : Math.exp(2 * sign * v)), 0)));
      expectClose(multiSimilarity(x(), tf.tensor1d([0, 1, 2, 3], 'int32'), options).perAnchor, term(1));
      expectClose(multiSimilarity(x(), tf.tensor1d([5, 5, 5, 5], 'int32'), options).perAnchor, term(-1));
    });
  });

  it('counts every pair of equal embeddings, without a direction to move them in', () => {
    tf.tidy(() => {
      const equal = tf.tile(tf.tensor2d([[3, 4]]), [4, 1]);
      // one positive and two negatives at a cosine of 1, the threshold
      expectClose(of([0, 0, 1, 1])(equal), Math.log(2) / 2 + Math.log(3) / 50);
      expectClose(tf.grad(of([0, 0, 1, 1]))(equal), new Float32Array(8));
    });
  });

  it('counts anchors that were mined away in the mean', () => {
    tf.tidy(() => {
      // anchor 0 and 1 sit together, far from the pair 2, 3, which are apart from each other with 1 between them and -1
      const e = tf.tensor2d([[1, 0], [1, 0.01], [0, 1], [0, -1]]);
      const { loss, perAnchor } = multiSimilarity(e, tf.tensor1d([0, 0, 1, 1], 'int32'));
      const terms = Array.from(perAnchor.dataSync());
      expect(terms.slice(0, 2)).toEqual([0, 0]);
      expect(Math.min(...terms.slice(2))).toBeGreaterThan(1);
      expectClose(loss, (terms[2]! + terms[3]!) / 4);
    });
  });

  it('has the gradient of similarities weighted by constants', () => {
    tf.tidy(() => {
      const options = { mining: false, positiveScale: 3, negativeScale: 7, threshold: 0.5 };
      const same = tf.tensor2d([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]);
      const other = tf.sub<tf.Tensor2D>(1, tf.maximum(same, tf.eye(4)));
      const surrogate = (e: tf.Tensor) => {
        const s = cosineMatrix(e as tf.Tensor2D, e as tf.Tensor2D);
        const weights = (scale: number, mask: tf.Tensor2D) => {
          const odds = tf.mul(mask, tf.exp(tf.mul(scale, tf.sub(stopGradient(s), 0.5))));
          return tf.div(odds, tf.add(1, tf.sum(odds, 1, true)));
        };
        return tf.div<tf.Scalar>(tf.sum(tf.mul(s, tf.sub(weights(7, other), weights(-3, same)))), 4);
      };
      expectClose(tf.grad(of([0, 0, 1, 1], options))(x()), tf.grad(surrogate)(x()), { rtol: 1e-4, atol: 1e-6 });
    });
  });
});
