import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { it } from '@jest/globals';

import { pairMasks } from '../../src/math/batch-hard';
import { hingeSums } from '../../src/math/triplet-sums';
import { onBackends } from '../on-backends';

onBackends('hingeSums', () => {
  const labels = () => tf.tensor1d([0, 0, 1, 1, 1, 2], 'int32');
  /** In [0, 4], unlike each other. */
  const distances = (phase: number) => tf.reshape<tf.Rank.R2>(tf.add(2, tf.mul(2, tf.sin(tf.add(tf.mul(1.7, tf.range(0, 36)), phase)))), [6, 6]);
  const [reach, apart] = [() => distances(0), () => distances(1)];

  /** The sum over the terms one by one. */
  const composite = (r: tf.Tensor, d: tf.Tensor): tf.Tensor1D => {
    const { positive, negative } = pairMasks(labels());
    const hinges = tf.relu(tf.sub(tf.expandDims(r, 2), tf.expandDims(d, 1)));
    return tf.sum(tf.mul(tf.mul(tf.expandDims(positive, 2), tf.expandDims(negative, 1)), hinges), [1, 2]);
  };
  const sums = (r: tf.Tensor, d: tf.Tensor): tf.Tensor1D => hingeSums(r as tf.Tensor2D, d as tf.Tensor2D, pairMasks(labels())).sums;

  it('sums what the terms sum to, with their gradients for unequal upstream ones', () => {
    tf.tidy(() => {
      const upstream = tf.tensor1d([1, -2, 3, 0.5, 4, 7]);
      expectClose(sums(reach(), apart()), composite(reach(), apart()));
      const [wantedR, wantedD] = tf.grads(composite)([reach(), apart()], upstream);
      const [gotR, gotD] = tf.grads(sums)([reach(), apart()], upstream);
      expectClose(gotR as tf.Tensor, wantedR);
      expectClose(gotD as tf.Tensor, wantedD);
    });
  });

  it('counts the terms above 0', () => {
    tf.tidy(() => {
      const same = tf.tensor1d([0, 0, 1], 'int32');
      const [r, d] = [tf.tensor2d([[9, 2, 9], [5, 9, 9], [9, 9, 9]]), tf.tensor2d([[9, 9, 1], [9, 9, 5], [9, 9, 9]])];
      expectClose(hingeSums(r, d, pairMasks(same)).above, [1, 0, 0]); // 2 - 1; 5 - 5 is not above; no positive
    });
  });
});
