import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { proxyAnchor, type ProxyAnchorOptions } from '../../src';
import worked from '../golden/proxy-anchor.json';
import generated from '../golden/proxy-anchor-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<ProxyAnchorOptions>('proxyAnchor', [worked, generated], ({ embeddings, labels, prototypes }, options) =>
  proxyAnchor(embeddings, labels, prototypes, options),
);

onBackends('proxyAnchor', () => {
  const x = () => tf.tensor2d([[2, 0], [0, 3]]);
  const w = () => tf.tensor2d([[1, 0], [0, 5], [-1, 0]]);
  const softplus = (z: number) => Math.log(1 + Math.exp(z));

  it('counts proxies with positives in the first sum, all proxies in the second', () => {
    tf.tidy(() => {
      const { loss } = proxyAnchor(x(), tf.tensor1d([0, 1], 'int32'), w(), { scale: 2, margin: 0.1 });
      const pull = 2 * softplus(-2 * 0.9);
      const push = 2 * softplus(2 * 0.1) + Math.log(1 + Math.exp(2 * -0.9) + Math.exp(2 * 0.1));
      expectClose(loss, pull / 2 + push / 3);
    });
  });

  it('gives a proxy without negatives no part of the second sum', () => {
    tf.tidy(() => {
      const of = (e: tf.Tensor, p: tf.Tensor) =>
        proxyAnchor(e as tf.Tensor2D, tf.tensor1d([0, 0], 'int32'), p as tf.Tensor2D, { scale: 2, margin: 0.1 }).loss;
      const own = tf.tensor2d([[1, 0]]);
      expectClose(of(x(), own), Math.log(1 + Math.exp(-2 * 0.9) + Math.exp(2 * 0.1)));
      expect(tf.grads(of)([x(), own]).every((g) => g.dataSync().every(Number.isFinite))).toBe(true);
    });
  });

  it('has finite gradients at equal embeddings', () => {
    tf.tidy(() => {
      const equal = tf.ones<tf.Rank.R2>([4, 2]);
      const of = (e: tf.Tensor) => proxyAnchor(e as tf.Tensor2D, tf.tensor1d([0, 0, 1, 2], 'int32'), w()).loss;
      expect(tf.grad(of)(equal).dataSync().every(Number.isFinite)).toBe(true);
    });
  });
});
