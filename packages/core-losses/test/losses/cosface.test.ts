import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { cosface, type CosfaceOptions } from '../../src';
import worked from '../golden/cosface.json';
import generated from '../golden/cosface-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<CosfaceOptions>('cosface', [worked, generated], ({ embeddings, labels, prototypes }, options) =>
  cosface(embeddings, labels, prototypes, options),
);

const SIMPLEX = [
  [1, 0],
  [-0.5, Math.sqrt(3) / 2],
  [-0.5, -Math.sqrt(3) / 2],
];

/** ln(1 + 2 e^{-s(1.5 - m)}) at the class's own vertex, and facing away from it. */
const EDGES = [
  { at: [5, 0], scale: 8, margin: 0.35, loss: 2.020583885e-4 },
  { at: [5, 0], scale: 8, margin: 0, loss: 1.2288349205e-5 },
  { at: [5, 0], scale: 8, margin: 1.5, loss: Math.log(3) },
  { at: [5, 0], scale: 64, margin: 0.35, loss: 0 },
  { at: [-5, 0], scale: 8, margin: 0.35, loss: 15.4931473674 },
  { at: [-5, 0], scale: 8, margin: 0, loss: 12.6931502527 },
  { at: [-5, 0], scale: 8, margin: 1.5, loss: 24.6931471806 },
  { at: [-5, 0], scale: 30, margin: 0.35, loss: 56.1931471806 },
  { at: [-5, 0], scale: 64, margin: 0.35, loss: 119.0931471806 },
  { at: [0, 0], scale: 64, margin: 0.35, loss: 23.0931471807 },
  { at: [0, 0], scale: 30, margin: 0.35, loss: 11.1931609487 },
];

onBackends('cosface: regular simplex', () => {
  it.each(EDGES)('s=$scale, m=$margin at $at', ({ at, scale, margin, loss }) => {
    tf.tidy(() => {
      const labels = tf.tensor1d([0], 'int32');
      const of = (x: tf.Tensor) => cosface(x as tf.Tensor2D, labels, tf.tensor2d(SIMPLEX), { scale, margin }).loss;
      expectClose(of(tf.tensor2d([at])), loss);
      expect(tf.grad(of)(tf.tensor2d([at])).dataSync().every(Number.isFinite)).toBe(true);
    });
  });

  it('has a gradient across the embedding, never along it', () => {
    tf.tidy(() => {
      const c = worked.cases[1]!;
      const labels = tf.tensor1d(c.labels, 'int32');
      const x = tf.tensor2d(c.embeddings);
      const gradient = tf.grad((e) => cosface(e as tf.Tensor2D, labels, tf.tensor2d(c.prototypes)).loss)(x);
      expectClose(tf.sum(tf.mul(gradient, x), 1), [0, 0, 0, 0, 0], { atol: 2e-5 });
    });
  });

  it('without feature normalisation uses the length of the embedding, not the scale', () => {
    tf.tidy(() => {
      const labels = tf.tensor1d([0], 'int32');
      const of = (length: number, scale: number) =>
        cosface(tf.tensor2d([[length, 0]]), labels, tf.tensor2d(SIMPLEX), { scale, margin: 0.35, normaliseFeatures: false }).loss;
      expectClose(of(8, 64), 2.020583885e-4);
      expectClose(of(8, 2), 2.020583885e-4);
    });
  });
});
