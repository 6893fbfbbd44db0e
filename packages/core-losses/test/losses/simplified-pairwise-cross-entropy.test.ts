import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { it } from '@jest/globals';

import { simplifiedPairwiseCrossEntropy, softmax } from '../../src';
import generated from '../golden/simplified-pairwise-cross-entropy-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden('simplifiedPairwiseCrossEntropy', [generated], ({ embeddings, labels }) => simplifiedPairwiseCrossEntropy(embeddings, labels));

onBackends('simplifiedPairwiseCrossEntropy', () => {
  const x = () => tf.tensor2d([[1, 0.2], [0.9, 0.6], [-0.4, 1], [0.1, 0.8]]);
  const of = (labels: number[]) => (e: tf.Tensor) => simplifiedPairwiseCrossEntropy(e as tf.Tensor2D, tf.tensor1d(labels, 'int32')).loss;

  it('is the cross-entropy of a classifier of class sums', () => {
    tf.tidy(() => {
      expectClose(of([0, 1, 0, 1])(x()), of([7, 3, 7, 3])(x()));
      const weights = tf.tensor2d([[0.6, 1.2], [1, 1.4]]);
      expectClose(of([0, 1, 0, 1])(x()), softmax(x(), tf.tensor1d([0, 1, 0, 1], 'int32'), tf.div(weights, 4)).loss);
    });
  });

  it('is 0 with gradient 0 with one class', () => {
    tf.tidy(() => {
      expectClose(of([2, 2, 2, 2])(x()), 0);
      expectClose(tf.grad(of([2, 2, 2, 2]))(x()), new Float32Array(8));
    });
  });

  it('takes equal embeddings by the sizes of their classes', () => {
    tf.tidy(() => {
      const equal = tf.tile(tf.tensor2d([[1, 0.5]]), [4, 1]);
      const [three, one] = [(3 / 4) * 1.25, 1.25 / 4];
      expectClose(of([0, 0, 0, 1])(equal), Math.log(Math.exp(three) + Math.exp(one)) - (3 * three + one) / 4);
    });
  });
});
