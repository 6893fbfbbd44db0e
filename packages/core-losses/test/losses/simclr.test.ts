import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { simclr, supcon, type SimclrOptions } from '../../src';
import worked from '../golden/simclr.json';
import generated from '../golden/simclr-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<SimclrOptions>('simclr', [worked, generated], ({ embeddings, labels }, options) => simclr(embeddings, labels, options));

onBackends('simclr', () => {
  const z = () => tf.tensor2d([[1, 0, 2], [0.6, 0.8, -1], [-0.6, 0.8, 0], [0.8, 0.6, 1], [0, 1, -3], [-1, 0, 1]]);
  const ints = (labels: number[]) => tf.tensor1d(labels, 'int32');
  const of = (labels: number[]) => (e: tf.Tensor) => simclr(e as tf.Tensor2D, ints(labels)).loss;

  it('takes no notice of the labels', () => {
    tf.tidy(() => {
      expectClose(of([0, 0, 0, 0, 0, 0])(z()), of([0, 1, 2, 3, 4, 5])(z()));
      expectClose(tf.grad(of([0, 0, 0, 0, 0, 0]))(z()), tf.grad(of([0, 1, 2, 3, 4, 5]))(z()));
    });
  });

  it('is supcon where every image is a class', () => {
    tf.tidy(() => {
      const images = ints([0, 1, 2, 0, 1, 2]);
      expectClose(simclr(z(), images).perAnchor, supcon(z(), images).perAnchor);
    });
  });

  it('does not depend on the order of the images, nor of the two views', () => {
    tf.tidy(() => {
      for (const order of [[1, 2, 0, 4, 5, 3], [3, 4, 5, 0, 1, 2]]) {
        const moved = tf.gather(z(), ints(order));
        expectClose(simclr(moved, ints([0, 1, 2, 0, 1, 2])).perAnchor, tf.gather(simclr(z(), ints([0, 1, 2, 0, 1, 2])).perAnchor, ints(order)));
      }
    });
  });

  it('is 0 with gradient 0 for a single image, which has no negatives', () => {
    tf.tidy(() => {
      const one = tf.tensor2d([[1, 2], [-3, 1]]);
      expectClose(of([0, 0])(one), 0);
      expectClose(tf.grad(of([0, 0]))(one), [0, 0, 0, 0]);
    });
  });

  it('is log(2n - 1) with gradient 0 at equal embeddings', () => {
    tf.tidy(() => {
      const equal = tf.tile<tf.Tensor2D>(tf.tensor2d([[0.6, 0.8]]), [6, 1]);
      expectClose(of([0, 1, 2, 0, 1, 2])(equal), Math.log(5));
      expectClose(tf.grad(of([0, 1, 2, 0, 1, 2]))(equal), new Float32Array(12), { atol: 5e-6 });
    });
  });

  it('says that rows come in pairs', () => {
    const [three, labels] = [tf.zeros<tf.Rank.R2>([3, 2]), ints([0, 0, 1])];
    expect(() => simclr(three, labels)).toThrow(
      new RangeError('simclr: embeddings must be [2n, d], n first views and n second views, got [3,2]'),
    );
    tf.dispose([three, labels]);
  });
});
