import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { it } from '@jest/globals';

import { pairwiseCrossEntropy, type PairwiseCrossEntropyOptions } from '../../src';
import worked from '../golden/pairwise-cross-entropy.json';
import generated from '../golden/pairwise-cross-entropy-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<PairwiseCrossEntropyOptions>('pairwiseCrossEntropy', [worked, generated], ({ embeddings, labels, prototypes }, options) =>
  pairwiseCrossEntropy(embeddings, labels, prototypes, options),
);

onBackends('pairwiseCrossEntropy', () => {
  it('is 0 with gradient 0 with one prototype', () => {
    tf.tidy(() => {
      const x = tf.tensor2d([[1, 0.2], [0.9, 0.6], [-0.4, 1]]);
      const of = (e: tf.Tensor) => pairwiseCrossEntropy(e as tf.Tensor2D, tf.tensor1d([0, 0, 0], 'int32'), tf.tensor2d([[2, 1]])).loss;
      expectClose(of(x), 0);
      expectClose(tf.grad(of)(x), new Float32Array(6));
    });
  });

  it('takes the terms of the formula where all embeddings are equal', () => {
    tf.tidy(() => {
      // |x|^2 = 1.25 and p = (1, 1) / 2: -1/2 (1/4 + 1/4) 1.25 + log(2 e^{1.25 / 2}) - 1/2 (1/4 + 1/4) 1.25
      const equal = tf.tile(tf.tensor2d([[1, 0.5]]), [4, 1]);
      expectClose(pairwiseCrossEntropy(equal, tf.tensor1d([0, 1, 1, 0], 'int32'), tf.zeros([2, 2])).loss, Math.log(2) + 0.625 - 0.625);
    });
  });
});
