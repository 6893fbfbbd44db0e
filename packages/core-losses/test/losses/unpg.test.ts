import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { arcface, cosface, magface, unpg, type UnpgOptions } from '../../src';
import worked from '../golden/unpg.json';
import generated from '../golden/unpg-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<UnpgOptions>('unpg', [worked, generated], ({ embeddings, labels, prototypes }, options) =>
  unpg(embeddings, labels, prototypes, options),
);

onBackends('unpg', () => {
  const x = () => tf.tensor2d([[1, 0.5, -0.2], [0.8, 0.9, 0.1], [-0.6, 1.1, 0.4], [-0.9, 0.7, -0.5], [0.2, -1, 0.9], [0.4, -0.3, 1.2]]);
  const w = () => tf.tensor2d([[0.9, 0.6, 0], [-0.7, 0.8, 0.1], [0.3, -0.8, 1]]);
  const labelled = (...labels: number[]) => tf.tensor1d(labels, 'int32');

  it('is its host where the batch has no negative pair', () => {
    tf.tidy(() => {
      const one = labelled(1, 1, 1, 1, 1, 1);
      expectClose(unpg(x(), one, w()).perAnchor, cosface(x(), one, w()).perAnchor);
      expectClose(unpg(x(), one, w(), { host: 'arcface' }).perAnchor, arcface(x(), one, w(), { beyondPi: 'none' }).perAnchor);
      expectClose(unpg(x(), one, w(), { host: 'magface' }).perAnchor, magface(x(), one, w()).perAnchor);
      const gradient = tf.grads((e, p) => unpg(e as tf.Tensor2D, one, p as tf.Tensor2D, { scale: 8 }).loss)([x(), w()]);
      const wanted = tf.grads((e, p) => cosface(e as tf.Tensor2D, one, p as tf.Tensor2D, { scale: 8 }).loss)([x(), w()]);
      gradient.forEach((g, at) => expectClose(g, wanted[at]?.arraySync()));
    });
  });

  it('is 0 with gradient 0 where pairs alone count and there are none', () => {
    tf.tidy(() => {
      const of = (e: tf.Tensor) => unpg(e as tf.Tensor2D, labelled(1, 1, 1, 1, 1, 1), w(), { classNegatives: false }).loss;
      expectClose(of(x()), 0);
      expectClose(tf.grad(of)(x()), new Float32Array(18));
    });
  });

  it('needs no positive pair', () => {
    tf.tidy(() => {
      const two = x().slice([1, 0], [2, 3]);
      // one pair, cosine 0.3460694: it is its own quartiles and is kept
      const host = cosface(two, labelled(0, 1), w(), { scale: 1 }).perAnchor.arraySync();
      const { perAnchor } = unpg(two, labelled(0, 1), w(), { scale: 1, whisker: 0 });
      const targets = unpg(two, labelled(0, 1), w(), { scale: 1, classNegatives: false }).perAnchor.arraySync();
      const pair = (at: number) => Math.exp(host[at] as number) + Math.exp(targets[at] as number) - 1;
      expectClose(perAnchor, [Math.log(pair(0)), Math.log(pair(1))]);
    });
  });

  it('keeps every pair of equal embeddings, with a finite gradient', () => {
    tf.tidy(() => {
      const equal = tf.tile(tf.tensor2d([[0.3, 0.4, 1.2]]), [6, 1]);
      const labels = labelled(0, 0, 1, 1, 2, 2);
      for (const whisker of [0, 1.5]) {
        const of = (e: tf.Tensor) => unpg(e as tf.Tensor2D, labels, w(), { scale: 8, whisker }).loss;
        expectClose(of(equal), unpg(equal, labels, w(), { scale: 8, filter: false }).loss);
        expect(tf.grad(of)(equal).dataSync().every(Number.isFinite)).toBe(true);
      }
    });
  });

  it('keeps every pair where the quartiles are equal', () => {
    tf.tidy(() => {
      // 49 negative pairs of cosine 1 and 14 of cosine 0, below the first quarter
      const sides = tf.tensor2d([...Array.from({ length: 14 }, () => [2, 0]), [0, 1]]);
      const labels = labelled(0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2);
      const rows = tf.tensor2d([[1, 0], [1, 1], [0, 1]]);
      const all = unpg(sides, labels, rows, { scale: 1, filter: false }).loss;
      expectClose(unpg(sides, labels, rows, { scale: 1 }).loss, all);
    });
  });

  it('says which bounds exclude each other', () => {
    tf.tidy(() => {
      const of = () => unpg(x(), labelled(0, 0, 1, 1, 2, 2), w(), { host: 'magface', lowerNorm: 120 });
      expect(of).toThrow(new RangeError('unpg: upperNorm must be above lowerNorm 120, got 110'));
    });
  });
});
