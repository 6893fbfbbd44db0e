import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { it } from '@jest/globals';

import { softmax, softmaxWithTriplet, type SoftmaxWithTripletOptions } from '../../src';
import worked from '../golden/softmax-with-triplet.json';
import generated from '../golden/softmax-with-triplet-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<Omit<SoftmaxWithTripletOptions, 'centres'>>(
  'softmaxWithTriplet',
  [worked, generated],
  ({ embeddings, labels, prototypes, bias, centres }, options) => softmaxWithTriplet(embeddings, labels, prototypes, { ...options, bias, centres }),
);

onBackends('softmaxWithTriplet', () => {
  it('is the smoothed softmax alone where no anchor has both a positive and a negative', () => {
    tf.tidy(() => {
      const x = tf.tensor2d([[1, 0.5], [0.8, -0.9], [-0.6, 1.1]]);
      const w = tf.tensor2d([[1, 0.3], [0, 2], [-3, 1]]);
      for (const labels of [[0, 1, 2], [1, 1, 1]]) {
        const y = tf.tensor1d(labels, 'int32');
        const of = (e: tf.Tensor) => softmaxWithTriplet(e as tf.Tensor2D, y, w, { centres: tf.zeros([3, 2]) }).loss;
        const alone = (e: tf.Tensor) => softmax(e as tf.Tensor2D, y, w, { labelSmoothing: 0.1 }).loss;
        expectClose(of(x), alone(x));
        expectClose(tf.grad(of)(x), tf.grad(alone)(x));
      }
    });
  });

  it('has the margin as triplet part where all embeddings are equal, with no gradient from it', () => {
    tf.tidy(() => {
      const x = tf.tile(tf.tensor2d([[1, 0.5]]), [4, 1]);
      const [y, w] = [tf.tensor1d([0, 0, 1, 1], 'int32'), tf.tensor2d([[1, 0.3], [0, 2]])];
      const of = (e: tf.Tensor) => softmaxWithTriplet(e as tf.Tensor2D, y, w, { centres: tf.zeros([2, 2]), margin: 0.3 }).loss;
      const alone = (e: tf.Tensor) => softmax(e as tf.Tensor2D, y, w, { labelSmoothing: 0.1 }).loss;
      expectClose(of(x), tf.add(alone(x), 0.3));
      expectClose(tf.grad(of)(x), tf.grad(alone)(x));
    });
  });
});
