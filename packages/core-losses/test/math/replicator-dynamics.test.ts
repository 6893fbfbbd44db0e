import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { replicatorDynamics } from '../../src';
import { onBackends } from '../on-backends';

onBackends('replicatorDynamics', () => {
  // the third is free between an anchor of each class and is twice as similar to the first
  const start = () => tf.tensor2d([[1, 0], [0, 1], [0.5, 0.5]]);
  const affinity = (diagonal: number) => tf.tensor2d([[diagonal, 0, 0.8], [0, diagonal, 0.4], [0.8, 0.4, diagonal]]);
  const shareOfFirst = (diagonal: number, steps: number) => replicatorDynamics(start(), affinity(diagonal), steps).arraySync()[2]![0];

  it.each([
    [0, [0.5, 0.6666666667, 0.8, 0.8888888889, 0.9411764706]],
    [1, [0.5, 0.5909090909, 0.7129032258, 0.8453827708, 0.9419302886]],
  ])('lets the better supported class grow, diagonal %s', (diagonal, wanted) => {
    tf.tidy(() => expectClose(wanted.map((_, steps) => shareOfFirst(diagonal, steps)) as number[], wanted));
  });

  it('keeps rows that sum to 1, and known labels as they are', () => {
    tf.tidy(() => {
      const refined = replicatorDynamics(start(), affinity(1), 3);
      expectClose(tf.sum(refined, 1), [1, 1, 1]);
      expectClose(refined.slice(0, 2), [[1, 0], [0, 1]]);
    });
  });

  it('never makes the labels of similar examples agree less', () => {
    tf.tidy(() => {
      const w = tf.relu(tf.tensor2d([[1, 0.3, -0.2, 0.6], [0.3, 1, 0.5, 0.1], [-0.2, 0.5, 1, 0.4], [0.6, 0.1, 0.4, 1]]));
      const x = tf.softmax(tf.tensor2d([[2, 0.5, -1], [1, 1.2, 0.1], [0.3, 1.5, -0.2], [-0.5, 0.8, 0.9]]));
      const agreement = [0, 1, 2, 3, 4].map((steps) => {
        const labels = replicatorDynamics(x, w, steps);
        return tf.sum(tf.mul(w, tf.matMul(labels, labels, false, true))).arraySync() as number;
      });
      agreement.slice(1).forEach((value, t) => expect(value).toBeGreaterThan(agreement[t]!));
    });
  });
});
