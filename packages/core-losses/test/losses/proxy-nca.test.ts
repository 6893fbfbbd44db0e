import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { normface, proxyNca, type ProxyNcaOptions } from '../../src';
import worked from '../golden/proxy-nca.json';
import generated from '../golden/proxy-nca-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<ProxyNcaOptions>('proxyNca', [worked, generated], ({ embeddings, labels, prototypes }, options) =>
  proxyNca(embeddings, labels, prototypes, options),
);

onBackends('proxyNca', () => {
  const x = () => tf.tensor2d([[2, 1], [0.5, -1], [-3, 0.2]]);
  const y = () => tf.tensor1d([0, 1, 1], 'int32');

  it('is the normalised softmax of twice the product of its lengths where the own proxy is in the denominator', () => {
    tf.tidy(() => {
      const w = tf.tensor2d([[1, 0], [0, 2], [-3, -3]]);
      const { perAnchor } = proxyNca(x(), y(), w, { denominator: 'all', embeddingScale: 0.5, proxyScale: 2 });
      expectClose(perAnchor, normface(x(), y(), w, { scale: 2 }).perAnchor);
    });
  });

  it('falls below 0 without the own proxy, by the distance to one other proxy', () => {
    tf.tidy(() => {
      // squared distances 0 and 4 * 9
      expectClose(proxyNca(tf.tensor2d([[5, 0]]), tf.tensor1d([0], 'int32'), tf.tensor2d([[1, 0], [-2, 0]])).loss, -36);
    });
  });

  it('is 0 with gradient 0 with one class', () => {
    tf.tidy(() => {
      for (const options of [{}, { denominator: 'all' }, { labelSmoothing: 0.1 }] as ProxyNcaOptions[]) {
        const of = (e: tf.Tensor) => proxyNca(e as tf.Tensor2D, tf.zeros([3], 'int32'), tf.tensor2d([[2, -1]]), options).loss;
        expectClose(of(x()), 0);
        expectClose(tf.grad(of)(x()), new Float32Array(6));
      }
    });
  });

  it('is finite with finite gradients at equal embeddings and proxies', () => {
    tf.tidy(() => {
      const equal = tf.ones<tf.Rank.R2>([3, 2]);
      const of = (e: tf.Tensor, w: tf.Tensor) => proxyNca(e as tf.Tensor2D, y(), w as tf.Tensor2D).loss;
      expectClose(of(equal, equal), Math.log(2));
      expect(tf.grads(of)([equal, equal]).every((g) => g.dataSync().every(Number.isFinite))).toBe(true);
    });
  });
});
