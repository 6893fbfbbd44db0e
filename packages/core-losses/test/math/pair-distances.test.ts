import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from '@jest/globals';

import { exactPairDistances } from '../../src/math/pair-distances';

/** A repeatable number in [-1, 1]. */
const wave = (at: number): number => Math.sin(12.9898 * at + 78.233);

describe('exactPairDistances', () => {
  // 2^24 values of [n, m, d] are the most that are held
  it.each([['from differences', 64], ['from products', 300]])('agrees with float64 sums of squares, %s', (_, n) => {
    const d = 200;
    const rows = Array.from({ length: n }, (_row, i) => Array.from({ length: d }, (_value, j) => 3 + wave(i * d + j)));
    const [x, gallery] = [tf.tensor2d(rows), tf.tensor2d(rows)];
    const places = [[0, 1], [5, 40], [n - 1, 2]] as const;
    const distances = exactPairDistances(x, x).arraySync();
    const gradient = tf.grad((e) => tf.sum(exactPairDistances(e as tf.Tensor2D, gallery)))(x).arraySync() as number[][];
    for (const [i, j] of places) {
      expect(distances[i]?.[j]).toBeCloseTo(distance(rows[i] ?? [], rows[j] ?? []), 4);
      const wanted = rows.reduce((total, row, k) => (k === i ? total : total + ((rows[i]?.[0] ?? NaN) - (row[0] ?? NaN)) / distance(rows[i] ?? [], row)), 0);
      expect(gradient[i]?.[0]).toBeCloseTo(wanted, 2);
    }
  });
});

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.sqrt(a.reduce((total, value, at) => total + (value - (b[at] ?? NaN)) ** 2, 0));
}
