import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { beforeAll, describe, expect, it } from '@jest/globals';

import { rankedList, type RankedListOptions } from '../../src';

beforeAll(() => tf.setBackend('cpu'));

/** Six classes of three rows each, close enough that every list has something left. */
const N = 18;
const labels = () => tf.tensor1d(Array.from({ length: N }, (_, at) => Math.floor(at / 3)), 'int32');
const rows = () => tf.tensor2d(Array.from({ length: N * 4 }, (_, at) => (at % 4 === 0 ? 1.5 : 0) + Math.sin(7 * at + 1)), [N, 4]);
const lengths = (x: tf.Tensor) => tf.norm(x, 2, 1).dataSync();
const unit = (x: tf.Tensor2D) => tf.div<tf.Tensor2D>(x, tf.norm(x, 2, 1, true));
const value = (options: RankedListOptions) => rankedList(rows(), labels(), options).loss;
/** Gradient at unit rows: the tangent part of that before normalisation. */
const gradient = (options: RankedListOptions) => tf.grad((x) => rankedList(x as tf.Tensor2D, labels(), options).loss)(unit(rows()));
/** Of lists without positives, so that it is the sum of weighted directions alone. */
const push = (boundary: number) =>
  tf.grad((x) => rankedList(x as tf.Tensor2D, tf.range(0, N, 1, 'int32'), { boundary, temperature: 2 }).loss)(unit(rows()));

describe('what the definition of ranked lists implies', () => {
  it.each([0.5, 1, 2])('moves a query by (1 + lambda) / n at most, lambda %d', (negativeWeight) => {
    tf.tidy(() => {
      for (const temperature of [0, 10, 100]) {
        const moved = lengths(gradient({ negativeWeight, temperature, boundary: 1.4 }));
        expect(Math.max(...moved)).toBeLessThanOrEqual(((1 + negativeWeight) / N) * (1 + 1e-5));
        expect(Math.max(...moved)).toBeGreaterThan(0.3 / N);
      }
    });
  });

  it('takes alpha out of the weights of negatives, once all count', () => {
    tf.tidy(() => {
      expectClose(push(2.5), push(2.1));
      expect(Math.max(...lengths(tf.sub(push(2.1), push(0.8))))).toBeGreaterThan(1e-3); // fewer count
    });
  });

  it.each([0, 0.4, 1])('is twice the simpler form at the same boundaries, m %d', (margin) => {
    tf.tidy(() => {
      const original = { boundary: 1 + margin / 2, margin };
      expectClose(value({ form: 'simpler', margin }), tf.mul(0.5, value(original)));
      expectClose(gradient({ form: 'simpler', margin }), tf.mul(0.5, gradient(original)));
    });
  });

  it('counts every positive that is apart once m reaches alpha', () => {
    tf.tidy(() => {
      const same = tf.zeros<tf.Rank.R1>([N], 'int32');
      const pulled = (margin: number) => rankedList(rows(), same, { boundary: 1.2, margin }).perAnchor;
      const distance = tf.norm(tf.sub(tf.expandDims(unit(rows()), 1), tf.expandDims(unit(rows()), 0)), 2, 2);
      expectClose(pulled(1.2), tf.div(tf.sum(distance, 1), N - 1), { atol: 1e-5 });
      expectClose(tf.sub(pulled(1.5), pulled(1.2)), tf.fill([N], 0.3), { atol: 1e-5 });
    });
  });
});
