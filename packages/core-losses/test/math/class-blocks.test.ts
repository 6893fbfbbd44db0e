import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { it } from '@jest/globals';

import { classBlocks } from '../../src/math/class-blocks';
import { firstOfClass } from '../../src/math/first-of-class';
import { onBackends } from '../on-backends';

onBackends('classBlocks', () => {
  const x = () => tf.tensor2d([[1, 2], [3, 4], [5, 0], [7, 8], [-1, 6]]);
  const labels = () => tf.tensor1d([900, 3, 900, 900, 3], 'int32');

  it('has a place for each class, where it stands first, with the mean of its examples', () => {
    tf.tidy(() => {
      const { ids, present, counts, centroids } = classBlocks(x(), labels());
      expectClose(ids, [0, 1, 0, 0, 1]);
      expectClose(present, [1, 1, 0, 0, 0]);
      expectClose(counts, [3, 2, 0, 0, 0]);
      expectClose(centroids, [[13 / 3, 10 / 3], [1, 5], [0, 0], [0, 0], [0, 0]]);
    });
  });

  it('passes the gradient of a mean on to its examples', () => {
    tf.tidy(() => {
      const of = (e: tf.Tensor) => tf.sum<tf.Scalar>(classBlocks(e as tf.Tensor2D, labels()).centroids);
      expectClose(tf.grad(of)(x()), [3, 2, 3, 3, 2].map((count) => [1 / count, 1 / count]));
    });
  });

  it('marks the first of each class', () => {
    tf.tidy(() => {
      expectClose(firstOfClass(labels(), 0), [0, 0, 0, 0, 0]);
      expectClose(firstOfClass(labels(), 2), [1, 1, 1, 0, 1]);
      expectClose(firstOfClass(labels(), 9), [1, 1, 1, 1, 1]);
    });
  });
});
