import * as tf from '@tensorflow/tfjs';
import { randomStream } from '@hypersphere/engine';
import { expectClose } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { supcon, type SupconOptions } from '../../src';
import { onBackends } from '../on-backends';

/** The anchor along the first axis; every other row in the plane of that axis and one of its own, so that no two push along one axis. */
const others = [
  { kind: 'easy positive', degrees: 5, label: 0 },
  { kind: 'hard positive', degrees: 80, label: 0 },
  { kind: 'hard negative', degrees: 75, label: 1 },
  { kind: 'easy negative', degrees: 172, label: 1 },
] as const;
const angles = others.map(({ degrees }) => (degrees * Math.PI) / 180);
const dim = others.length + 1;
const rows = angles.map((angle, at) => Array.from({ length: dim }, (_, axis) => (axis === 0 ? Math.cos(angle) : axis === at + 1 ? Math.sin(angle) : 0)));
const labels = [0, ...others.map(({ label }) => label)];
const tau = 0.5;

/** Gradient of the anchor's own term in the anchor, of length 2. */
function gradient(options: SupconOptions): number[] {
  return tf.tidy(() => {
    const term = (anchor: tf.Tensor) => supcon(tf.concat2d([anchor as tf.Tensor2D, tf.tensor2d(rows)], 0), tf.tensor1d(labels, 'int32'), { temperature: tau, ...options }).perAnchor.slice([0], [1]).asScalar();
    return Array.from(tf.grad(term)(tf.tensor2d([[2, 0, 0, 0, 0]])).dataSync());
  });
}

/** P - X of each other row, in float64: its share of the softmax over all, less, for a positive, its weight among the positives. */
function pulls(form: 'out' | 'in'): number[] {
  const weights = angles.map((angle) => Math.exp(Math.cos(angle) / tau));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const positives = (weights[0] ?? 0) + (weights[1] ?? 0);
  return weights.map((weight, at) => weight / all - (at > 1 ? 0 : form === 'out' ? 1 / 2 : weight / positives));
}

onBackends('the gradient of supervised contrast', () => {
  it.each(['out', 'in'] as const)('is the sum of sin(angle) (P - X) along the axis of each row: %s', (form) => {
    const [along, ...perRow] = gradient({ form });
    expectClose(along ?? NaN, 0, { atol: 1e-6 });
    expectClose(perRow, pulls(form).map((pull, at) => (pull * Math.sin(angles[at] ?? NaN)) / tau / 2), { rtol: 1e-4, atol: 1e-6 });
  });

  it('weighs hard positives and hard negatives most', () => {
    const [, easyPositive = NaN, hardPositive = NaN, hardNegative = NaN, easyNegative = NaN] = gradient({}).map(Math.abs);
    expect(hardPositive).toBeGreaterThan(10 * easyPositive);
    expect(hardNegative).toBeGreaterThan(10 * easyNegative);
  });

  it('owes that to the normalisation, without which the gradient is along the anchor too', () => {
    expect(Math.abs(gradient({ normalise: false })[0] ?? NaN)).toBeGreaterThan(0.01);
  });

  it('gives the hard positive less with the mean inside', () => {
    expect(Math.abs(gradient({ form: 'in' })[2] ?? NaN)).toBeLessThan(0.7 * Math.abs(gradient({ form: 'out' })[2] ?? NaN));
  });

  it('inside the logarithm is never more, and has no gradient in one class', () => {
    tf.tidy(() => {
      for (const seed of [1, 2, 3]) {
        const stream = randomStream(seed, 'generated-data', 'supcon-gradient');
        const z = tf.tensor2d(Float32Array.from({ length: 48 }, () => stream.normal()), [12, 4]);
        const of = (form: 'out' | 'in', classes: number) => supcon(z, tf.tensor1d(Array.from({ length: 12 }, (_, at) => at % classes), 'int32'), { form });
        expect(Math.min(...tf.sub(of('out', 3).perAnchor, of('in', 3).perAnchor).dataSync())).toBeGreaterThan(-1e-5);
        const oneClass = (x: tf.Tensor) => supcon(x as tf.Tensor2D, tf.zeros([12], 'int32'), { form: 'in' }).loss;
        expectClose(tf.grad(oneClass)(z), new Float32Array(48), { atol: 1e-5 });
      }
    });
  });
});
