import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { it } from '@jest/globals';

import { nPair, type NPairOptions } from '../../src';
import worked from '../golden/n-pair.json';
import generated from '../golden/n-pair-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<NPairOptions>('nPair', [worked, generated], ({ embeddings, labels }, options) => nPair(embeddings, labels, options));

onBackends('nPair', () => {
  const x = () => tf.tensor2d([[1, 0], [0, 2], [0.5, 1], [1, -1], [3, 1]]);
  const of = (labels: number[], options: NPairOptions = {}) => (e: tf.Tensor) =>
    nPair(e as tf.Tensor2D, tf.tensor1d(labels, 'int32'), options).loss;

  it('is 0 with gradient 0 where there is no pair', () => {
    tf.tidy(() => {
      expectClose(of([0, 1, 2, 3, 4])(x()), 0);
      expectClose(tf.grad(of([0, 1, 2, 3, 4]))(x()), new Float32Array(10));
    });
  });

  it('is the penalty alone where there is one class', () => {
    tf.tidy(() => {
      expectClose(of([0, 0, 0, 0, 0], { penalty: 4 })(x()), 1 + 4);
      expectClose(tf.grad(of([0, 0, 0, 0, 0], { penalty: 4 }))(x()), [2, 0, 0, 4, 0, 0, 0, 0, 0, 0]);
      expectClose(of([0, 0, 0, 0, 0], { penalty: 0 })(x()), 0);
    });
  });

  it('takes the first of a class as anchor, the second as positive, and leaves the others out', () => {
    tf.tidy(() => {
      // anchors 0 and 1 with positives 2 and 3: products 0.5, 1 and 2, -2; row 4 is a third of its class
      const { loss, perAnchor } = nPair(x(), tf.tensor1d([7, 3, 7, 3, 7], 'int32'), { penalty: 0 });
      const terms = [Math.log(1 + Math.exp(1 - 0.5)), Math.log(1 + Math.exp(2 + 2))];
      expectClose(loss, (terms[0]! + terms[1]!) / 2);
      expectClose(perAnchor, [(5 / 2) * terms[0]!, (5 / 2) * terms[1]!, 0, 0, 0]);
    });
  });

  it('leaves classes of one out, as negatives too', () => {
    tf.tidy(() => {
      const labels = [0, 1, 0, 1, 2];
      const gradient = tf.grad(of(labels))(x());
      expectClose(of(labels)(x()), of([0, 1, 0, 1])(x().slice([0, 0], [4, 2])));
      expectClose(gradient.slice([4, 0]), [0, 0]);
    });
  });

  it('is log N at equal embeddings, besides the penalty', () => {
    tf.tidy(() => {
      const equal = tf.tile<tf.Tensor2D>(tf.tensor2d([[3, 4]]), [4, 1]);
      expectClose(of([0, 0, 1, 1], { penalty: 0.4 })(equal), Math.LN2 + 0.1 * 50);
    });
  });
});
