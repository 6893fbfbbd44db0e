import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { it } from '@jest/globals';

import { binomialDeviance, type BinomialDevianceOptions } from '../../src';
import worked from '../golden/binomial-deviance.json';
import generated from '../golden/binomial-deviance-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<BinomialDevianceOptions>('binomialDeviance', [worked, generated], ({ embeddings, labels }, options) =>
  binomialDeviance(embeddings, labels, options),
);

onBackends('binomialDeviance', () => {
  const x = () => tf.tensor2d([[1, 0], [3, 4], [0, 2], [-0.6, 0.8]]);
  const of = (labels: number[], options: BinomialDevianceOptions = {}) => (e: tf.Tensor) =>
    binomialDeviance(e as tf.Tensor2D, tf.tensor1d(labels, 'int32'), options).loss;
  const pull = (cosine: number) => Math.log1p(Math.exp(-2 * (cosine - 0.5)));
  const push = (cosine: number) => Math.log1p(Math.exp(20 * (cosine - 0.5)));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  it('keeps the part that it has without positives or negatives', () => {
    tf.tidy(() => {
      const cosines = [0.6, 0, -0.6, 0.8, 0.28, 0.8];
      for (const average of ['pairs', 'anchors'] as const) {
        expectClose(of([5, 5, 5, 5], { average })(x()), mean(cosines.map(pull)));
        expectClose(of([0, 1, 2, 3], { average })(x()), mean(cosines.map(push)));
      }
    });
  });

  it('averages over pairs of the batch or of each anchor', () => {
    tf.tidy(() => {
      const labels = tf.tensor1d([0, 0, 0, 1], 'int32');
      const rows = [[0.6, 0], [0.6, 0.8], [0, 0.8], []].map((row) => row.map(pull));
      const away = [[-0.6], [0.28], [0.8], [-0.6, 0.28, 0.8]].map((row) => row.map(push));
      const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
      const pairs = rows.map((row, i) => 4 * (sum(row) / 6 + sum(away[i]!) / 6));
      expectClose(binomialDeviance(x(), labels).perAnchor, pairs);
      const anchors = rows.map((row, i) => (row.length > 0 ? mean(row) : 0) + mean(away[i]!));
      expectClose(binomialDeviance(x(), labels, { average: 'anchors' }).perAnchor, anchors);
    });
  });

  it('has no direction where embeddings are equal', () => {
    tf.tidy(() => {
      const equal = tf.tile(tf.tensor2d([[3, 4]]), [4, 1]);
      expectClose(of([0, 0, 1, 1])(equal), pull(1) + push(1));
      expectClose(tf.grad(of([0, 0, 1, 1]))(equal), new Float32Array(8), { atol: 2e-6 });
    });
  });
});
