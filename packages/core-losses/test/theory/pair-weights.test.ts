import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { describe, expect, it } from '@jest/globals';

import { binomialDeviance, cosineMatrix, multiSimilarity, pairWeights, unitRows, type WeightedLoss } from '../../src';

/** Float64 weights of an anchor with positives at 0.9 and 0.6, negatives at 0.7, 0.4 and 0.2, from the published closed forms. */
const ANCHOR = { positives: [0.9, 0.6], negatives: [0.7, 0.4, 0.2] };
const paper = { positiveScale: 2, negativeScale: 50, threshold: 1 } as const;
const code = { positiveScale: 2, negativeScale: 40, threshold: 0.5 } as const;
const CASES: readonly (readonly [string, WeightedLoss, readonly number[], readonly number[]])[] = [
  ['contrastive', { name: 'contrastive', threshold: 0.5 }, [1, 1], [1, 0, 0]],
  ['triplet', { name: 'triplet', margin: 0.15 }, [0, 1], [1, 0, 0]],
  ['lifted structure', { name: 'liftedStructure', threshold: 1 }, [0.4255574832, 0.5744425168], [0.4260125149, 0.3155978333, 0.2583896517]],
  ['binomial deviance, 2 50 1', { name: 'binomialDeviance', ...paper }, [0.5498339973, 0.6899744811], [5.0983704488e-6, 1.5596038281e-12, 7.0805904255e-17]],
  ['binomial deviance, 2 40 0.5', { name: 'binomialDeviance', ...code }, [0.3100255189, 0.4501660027], [13.328861998, 0.23981613283, 8.1922328030e-5]],
  ['multi-similarity without mining, 2 50 1', { name: 'multiSimilarity', ...paper }, [0.2746611705, 0.5004652825], [3.0590222693e-7, 9.3576201063e-14, 4.2483529557e-18]],
  ['multi-similarity without mining, 2 40 0.5', { name: 'multiSimilarity', ...code }, [0.1981116109, 0.3609828907], [0.99965850776, 6.1421141525e-6, 2.0604497545e-9]],
  ['multi-similarity, 2 50 1', { name: 'multiSimilarity', ...paper, miningMargin: 0.1 }, [0, 0.6899744811], [3.0590222693e-7, 0, 0]],
  ['multi-similarity, 2 40 0.5', { name: 'multiSimilarity', ...code, miningMargin: 0.1 }, [0, 0.4501660027], [0.99966464987, 0, 0]],
];

describe('pairWeights', () => {
  it.each(CASES)('%s', (_, loss, positives, negatives) => {
    const weights = pairWeights(ANCHOR, loss);
    expectClose(weights.positives, positives, { rtol: 1e-9, atol: 0 });
    expectClose(weights.negatives, negatives, { rtol: 1e-9, atol: 0 });
  });

  it('responds to its own, to other negatives and to positives with multi-similarity, to fewer of them with others', () => {
    const multi = { name: 'multiSimilarity', ...code, miningMargin: 0.1 } as const;
    const at = (loss: WeightedLoss, anchor: typeof ANCHOR) => pairWeights(anchor, loss).negatives[0] ?? NaN;
    const start = { positives: [0.7, 0.6], negatives: [0.55, 0.52] };
    const [own, others, positives] = [{ ...start, negatives: [0.58, 0.52] }, { ...start, negatives: [0.55, 0.58] }, { positives: [0.7, 0.69], negatives: start.negatives }];
    expect(at(multi, own)).toBeGreaterThan(at(multi, start));
    expect(at(multi, others)).toBeLessThan(at(multi, start));
    expect(at(multi, positives)).toBe(0);
    const lifted = { name: 'liftedStructure', threshold: 1 } as const;
    expect(at(lifted, others)).toBeLessThan(at(lifted, start));
    for (const loss of [{ name: 'binomialDeviance', ...code }, { name: 'contrastive', threshold: 0.5 }] as const) {
      expect([at(loss, others), at(loss, positives)]).toEqual([at(loss, start), at(loss, start)]);
    }
  });

  /** The surrogate sum of w S with constant weights has the gradient of the loss. */
  const EMBEDDINGS = [[1, 0.2, 0.1], [0.8, 0.5, 0], [0.1, 1, 0.3], [0.6, 0.9, 0.4], [0.2, 0.1, 1], [0.7, 0.3, 0.8], [0.9, 0.1, -0.4]];
  const LABELS = [0, 0, 1, 1, 2, 2, 0];
  const LOSSES: readonly (readonly [string, WeightedLoss, (x: tf.Tensor2D, y: tf.Tensor1D) => tf.Scalar])[] = [
    ['multi-similarity, 2 50 1', { name: 'multiSimilarity', ...paper, miningMargin: 0.1 }, (x, y) => multiSimilarity(x, y).loss],
    ['multi-similarity, 2 40 0.5', { name: 'multiSimilarity', ...code, miningMargin: 0.1 }, (x, y) => multiSimilarity(x, y, { negativeScale: 40, threshold: 0.5 }).loss],
    ['binomial deviance', { name: 'binomialDeviance', positiveScale: 2, negativeScale: 20, threshold: 0.5 }, (x, y) => binomialDeviance(x, y, { average: 'anchors', negativeCost: 10 }).loss],
  ];
  it.each(LOSSES)('are the gradient of %s', (_, loss, valueOf) => {
    const x = tf.tensor2d(EMBEDDINGS);
    const weights = tf.tensor2d(signedWeights(loss));
    const surrogate = (embeddings: tf.Tensor2D) => tf.div<tf.Scalar>(tf.sum(tf.mul(weights, cosineMatrix(embeddings, embeddings))), LABELS.length);
    const gradient = tf.grad((e) => valueOf(e as tf.Tensor2D, tf.tensor1d(LABELS, 'int32')))(x);
    expectClose(tf.grad((e) => surrogate(e as tf.Tensor2D))(x).dataSync(), gradient.dataSync(), { rtol: 1e-4, atol: 1e-6 });
  });

  /** `[n][n]`, weights of positives below 0. */
  function signedWeights(loss: WeightedLoss): number[][] {
    const unit = unitRows(tf.tensor2d(EMBEDDINGS));
    const cosines = tf.matMul(unit, unit, false, true).arraySync() as number[][];
    return cosines.map((row, anchor) => {
      const others = row.map((_, at) => at).filter((at) => at !== anchor);
      const [positives, negatives] = [others.filter((at) => LABELS[at] === LABELS[anchor]), others.filter((at) => LABELS[at] !== LABELS[anchor])];
      const of = (places: readonly number[]) => places.map((at) => row[at] ?? NaN);
      const weights = pairWeights({ positives: of(positives), negatives: of(negatives) }, loss);
      const result = row.map(() => 0);
      positives.forEach((at, k) => (result[at] = -(weights.positives[k] ?? NaN)));
      negatives.forEach((at, k) => (result[at] = weights.negatives[k] ?? NaN));
      return result;
    });
  }
});
