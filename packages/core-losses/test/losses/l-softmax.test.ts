import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { it } from '@jest/globals';

import { lSoftmax, softmax, sphereface, unitRows, type LSoftmaxOptions } from '../../src';
import worked from '../golden/l-softmax.json';
import generated from '../golden/l-softmax-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<LSoftmaxOptions>('lSoftmax', [worked, generated], ({ embeddings, labels, prototypes }, options) =>
  lSoftmax(embeddings, labels, prototypes, options),
);

onBackends('lSoftmax', () => {
  const embeddings = () => tf.tensor2d([[2, 1, 0], [0.5, -1.5, 1], [-1, 0.5, 3], [1, 1, -2]]);
  const prototypes = () => tf.tensor2d([[1, 0.3, -1], [0, 2, 0.4], [-3, -3, 1]]);
  const labels = (...values: number[]) => tf.tensor1d(values, 'int32');

  it('is softmax without a bias for margin 1, and nearly so under a large lambda', () => {
    tf.tidy(() => {
      const y = labels(0, 1, 2, 1);
      const plain = softmax(embeddings(), y, prototypes()).perAnchor;
      expectClose(lSoftmax(embeddings(), y, prototypes(), { margin: 1, lambda: 0.7 }).perAnchor, plain);
      expectClose(lSoftmax(embeddings(), y, prototypes(), { lambda: 1e7 }).perAnchor, plain, { atol: 1e-4 });
    });
  });

  it('is sphereface where prototypes have length 1', () => {
    tf.tidy(() => {
      const y = labels(2, 1, 0, 2);
      const rows = unitRows(prototypes());
      for (const margin of [2, 3, 4]) {
        expectClose(lSoftmax(embeddings(), y, rows, { margin, lambda: 5 }).perAnchor, sphereface(embeddings(), y, rows, { margin, lambda: 5 }).perAnchor);
      }
    });
  });

  it('has loss ln c and a finite gradient at zero embeddings and zero prototypes', () => {
    tf.tidy(() => {
      const y = labels(0, 1, 2, 1);
      const zero = tf.zeros<tf.Rank.R2>([4, 3]);
      expectClose(lSoftmax(zero, y, prototypes()).perAnchor, [1, 1, 1, 1].map(() => Math.log(3)), { atol: 1e-4 });
      const both = tf.grads((x: tf.Tensor, w: tf.Tensor) => lSoftmax(x as tf.Tensor2D, y, w as tf.Tensor2D).loss);
      for (const [x, w] of [[zero, prototypes()], [embeddings(), tf.zeros([3, 3])], [zero, tf.zeros([3, 3])]] as const) {
        for (const gradient of both([x, w])) expectClose(tf.isFinite(gradient).all(), 1);
      }
    });
  });

  it('is 0 with gradient 0 where there is one class', () => {
    tf.tidy(() => {
      const of = (x: tf.Tensor) => lSoftmax(x as tf.Tensor2D, labels(0, 0, 0, 0), prototypes().slice(0, 1)).loss;
      expectClose(of(embeddings()), 0);
      expectClose(tf.grad(of)(embeddings()), new Float32Array(12));
    });
  });

  it('gives equal embeddings of a class equal terms', () => {
    tf.tidy(() => {
      const equal = tf.tile(embeddings().slice(1, 1), [4, 1]);
      const [loss] = lSoftmax(equal.slice(0, 1), labels(1), prototypes()).perAnchor.arraySync();
      expectClose(lSoftmax(equal, labels(1, 1, 1, 1), prototypes()).perAnchor, [loss, loss, loss, loss]);
    });
  });
});
