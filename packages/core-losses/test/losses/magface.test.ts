import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { arcface, magface, type MagfaceOptions } from '../../src';
import worked from '../golden/magface.json';
import generated from '../golden/magface-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<MagfaceOptions>('magface', [worked, generated], ({ embeddings, labels, prototypes }, options) =>
  magface(embeddings, labels, prototypes, options),
);

onBackends('magface', () => {
  const y = () => tf.tensor1d([0, 1, 2], 'int32');
  const w = () => tf.tensor2d([[1, 0.2], [-0.5, 1], [0.3, -2]]);
  const of = (options: MagfaceOptions) => (e: tf.Tensor) => magface(e as tf.Tensor2D, y(), w(), options).loss;

  it('is ArcFace with the margin that belongs to the length', () => {
    tf.tidy(() => {
      // lengths 10, 60 and 200: margins 0.45, 0.625 and 0.8, the last one at its bound
      const x = tf.tensor2d([[8, 6], [-36, 48], [0, -200]]);
      const margins = [0.45, 0.625, 0.8];
      const { perAnchor } = magface(x, y(), w(), { scale: 4, regulariserWeight: 0, beyondPi: 'fix' });
      margins.forEach((marginRadians, at) => {
        expectClose(perAnchor.slice(at, 1), arcface(x, y(), w(), { scale: 4, marginRadians }).perAnchor.slice(at, 1));
      });
    });
  });

  it('adds the regulariser, which falls with the length until its upper bound', () => {
    tf.tidy(() => {
      const x = tf.tensor2d([[5, 0], [0, 40], [0, -300]]);
      const weighed = tf.sub(magface(x, y(), w()).perAnchor, magface(x, y(), w(), { regulariserWeight: 0 }).perAnchor);
      expectClose(weighed, [1 / 10 + 10 / 12100, 1 / 40 + 40 / 12100, 2 / 110].map((g) => 35 * g), { atol: 1e-5 });
    });
  });

  it('gives no gradient along embeddings whose length is out of bounds', () => {
    tf.tidy(() => {
      const x = tf.tensor2d([[3, 4], [-30, 40], [-60, -180]]);
      const along = tf.sum(tf.mul(tf.grad(of({ scale: 4 }))(x), x), 1).arraySync() as number[];
      expect(Math.abs(along[0] as number)).toBeLessThan(1e-5);
      expect(along[1]).toBeLessThan(-1e-3);
      expect(Math.abs(along[2] as number)).toBeLessThan(1e-4);
    });
  });

  it('leaves the regulariser alone with one class', () => {
    tf.tidy(() => {
      const [x, labels] = [tf.tensor2d([[12, 16], [-30, 40]]), tf.tensor1d([0, 0], 'int32')];
      expectClose(magface(x, labels, tf.tensor2d([[2, -1]])).perAnchor, [20, 50].map((a) => 35 * (1 / a + a / 12100)), { atol: 1e-5 });
    });
  });

  it('says which bounds exclude each other', () => {
    const [x, labels, rows] = [tf.zeros<tf.Rank.R2>([4, 8]), tf.zeros<tf.Rank.R1>([4], 'int32'), tf.zeros<tf.Rank.R2>([9, 8])];
    expect(() => magface(x, labels, rows, { upperNorm: 10 })).toThrow(new RangeError('magface: upperNorm must be above lowerNorm 10, got 10'));
  });
});
