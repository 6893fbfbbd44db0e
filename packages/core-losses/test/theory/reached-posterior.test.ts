import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from '@jest/globals';

import { normface, scaleLowerBound } from '../../src';

beforeAll(() => tf.setBackend('cpu'));

const CLASSES = 4;
/** Enough for a regular simplex, the best that prototypes can do. */
const DIM = 3;
const STEPS = 200;

/** Geometric mean of the posteriors at the class centres, after prototypes were trained to raise it. */
function reached(scale: number): number {
  return tf.tidy(() => {
    const labels = tf.range(0, CLASSES, 1, 'int32');
    // The centre of a class is its prototype, as in the paper's proof.
    const loss = (w: tf.Tensor) => normface(w as tf.Tensor2D, labels, w as tf.Tensor2D, { scale }).loss;
    const prototypes = tf.variable(tf.tensor2d(Array.from({ length: CLASSES * DIM }, (_, at) => Math.sin(3 * at + 1)), [CLASSES, DIM]));
    const optimiser = tf.train.adam(0.05);
    for (let step = 0; step < STEPS; step++) optimiser.minimize(() => loss(prototypes));
    return Math.exp(-(loss(prototypes).dataSync()[0] ?? NaN));
  });
}

/** CosFace, equation 6: what training reaches against what the bound says. */
describe('the posterior that prototypes reach', () => {
  it.each([0.5, 0.9])('is the one wanted at the bound of the scale, %d', (wanted) => {
    expect(reached(scaleLowerBound(CLASSES, wanted))).toBeCloseTo(wanted, 3);
  });

  it.each([0.5, 0.9])('stays below the posterior wanted where the scale is below its bound, %d', (wanted) => {
    expect(reached(0.8 * scaleLowerBound(CLASSES, wanted))).toBeLessThan(wanted - 0.005);
  });
});
