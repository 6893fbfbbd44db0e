import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { it } from '@jest/globals';

import { classSums } from '../../src/math/class-sums';
import { gram } from '../../src/math/gram';
import { atOwnPlaces, ownScores } from '../../src/math/own-scores';
import { onBackends } from '../on-backends';

const x = () => tf.tensor2d([[1, -2, 3], [0, 4, -1], [2, 2, 5], [-3, 1, 0]]);
const labels = () => tf.tensor1d([2, 0, 2, 1], 'int32');
const mask = () => tf.cast(tf.oneHot(labels(), 3), 'float32');
const upstream = (shape: number[]) => tf.reshape(tf.sin(tf.mul(1.7, tf.range(1, tf.util.sizeFromShape(shape) + 1))), shape);

/** The same value, and the same gradient for an unequal upstream one. */
function expectSame(actual: (x: tf.Tensor) => tf.Tensor, composite: (x: tf.Tensor) => tf.Tensor): void {
  tf.tidy(() => {
    const wanted = composite(x());
    expectClose(actual(x()), wanted);
    const dy = upstream(wanted.shape);
    expectClose(tf.grad(actual)(x(), dy), tf.grad(composite)(x(), dy));
  });
}

onBackends('products and places', () => {
  it('gram: products of all rows', () => {
    expectSame((e) => gram(e as tf.Tensor2D), (e) => tf.matMul(e, tf.mul<tf.Tensor2D>(e as tf.Tensor2D, 1), false, true));
  });

  it('classSums: a product with the classes', () => {
    expectSame((e) => classSums(e as tf.Tensor2D, labels(), 4), (e) => tf.matMul(tf.cast(tf.oneHot(labels(), 4), 'float32'), e, true, false));
  });

  it('ownScores: a sum over the mask', () => {
    expectSame((e) => ownScores(e as tf.Tensor2D, labels()), (e) => tf.sum(tf.mul(e, mask()), 1));
  });

  it('atOwnPlaces: a product with the mask', () => {
    const own = (e: tf.Tensor) => tf.square(tf.sum<tf.Tensor1D>(e, 1));
    expectSame((e) => atOwnPlaces(own(e), labels(), 3), (e) => tf.mul(mask(), tf.expandDims(own(e), 1)));
  });
});
