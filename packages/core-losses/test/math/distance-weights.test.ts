import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { logDistanceWeights } from '../../src/math/distance-weights';
import { gumbelChoice } from '../../src/math/gumbel-choice';
import { onBackends } from '../on-backends';

onBackends('logDistanceWeights', () => {
  it.each([
    [3, [0.2787252922, 0.2322710768, 0.1548473845, 0.1266933146, 0.1072020354, 0.1002608965]],
    [8, [0.6926341455, 0.2498855433, 0.0305119756, 0.0127948581, 0.007528562, 0.0066449154]],
    [128, [0.9999999993, 6.780797e-10, 1.681516e-28, 7.610860e-36, 0, 0]],
  ])('gives the probabilities of the sphere in %i dimensions', (dim, wanted) => {
    tf.tidy(() => {
      const distance = tf.tensor1d([0.3, 0.6, 0.9, 1.1, 1.3, 1.39]);
      expectClose(tf.softmax(logDistanceWeights(distance, dim, 0.5)), wanted, { rtol: 2e-4, atol: 1e-37 });
    });
  });

  it('stays finite for opposite points', () => {
    tf.tidy(() => {
      for (const dim of [2, 3, 512]) expect(Number.isFinite(logDistanceWeights(tf.tensor1d([2]), dim, 0.5).dataSync()[0])).toBe(true);
    });
  });
});

onBackends('gumbelChoice', () => {
  it('takes the largest log weight plus Gumbel value, and nothing where nothing may be drawn', () => {
    tf.tidy(() => {
      const logWeights = tf.log(tf.tensor2d([[1, 2, 3], [1, 2, 3], [1, 2, 3]]));
      const mask = tf.tensor2d([[1, 1, 1], [1, 1, 0], [0, 0, 0]]);
      // e / -log u: row 0 is 0.9, 2.2, 1.3 of which the second is the largest; row 1 has 9.5 and 2.9
      const uniforms = tf.tensor2d([[0.33, 0.4, 0.1], [0.9, 0.5, 0.99], [0.5, 0, 0.9999999]]);
      expectClose(gumbelChoice(logWeights, mask, uniforms), [[0, 1, 0], [1, 0, 0], [0, 0, 0]]);
    });
  });
});
