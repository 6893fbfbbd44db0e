import * as tf from '@tensorflow/tfjs';

import type { Rows } from '../checks';
import { draws, type Draws } from '../random';
import { takeRows } from '../similarity/unit-rows';

export type CentreRule = 'k-means++' | 'random';

/**
 * Rows that serve as first centres, by seed: drawn alike without replacement, or one after the other with a chance in
 * proportion to the squared distance to the nearest one drawn before.
 *
 * `k-means++` passes over all rows once a centre; `random` is the one for many thousand centres.
 *
 * @see Arthur, Vassilvitskii, k-means++: the advantages of careful seeding, SODA 2007
 */
export function initialCentres(rows: Rows, clusters: number, rule: CentreRule, seed: number): Rows {
  const random = draws(seed, 'k-means');
  if (rule === 'k-means++') return takeRows(rows, spread(rows, clusters, random));
  const order = random.shuffle(Array.from({ length: rows.n }, (_, row) => row));
  return takeRows(rows, Int32Array.from(order.slice(0, clusters)));
}

function spread(rows: Rows, clusters: number, { uniform, integer }: Draws): Int32Array {
  const all = tf.tensor2d(rows.values, [rows.n, rows.dim]);
  const squares = tf.tidy(() => tf.sum(tf.square(all), 1)); // [n]
  const chosen = Int32Array.of(integer(rows.n), ...new Array<number>(clusters - 1).fill(0));
  const nearest = new Float64Array(rows.n).fill(Infinity);
  for (let centre = 1; centre < clusters; centre++) {
    const distances = squaredDistancesTo(all, squares, chosen[centre - 1]!);
    let total = 0;
    for (let row = 0; row < rows.n; row++) total += nearest[row] = Math.min(nearest[row]!, distances[row]!);
    // all rows lie on a centre: any will do
    chosen[centre] = total > 0 ? rowAt(nearest, uniform() * total) : integer(rows.n);
  }
  tf.dispose([all, squares]);
  return chosen;
}

function squaredDistancesTo(all: tf.Tensor2D, squares: tf.Tensor, row: number): Float32Array {
  const distances = tf.tidy(() => {
    const own = tf.slice(all, [row, 0], [1, -1]); // [1, d]
    const products = tf.reshape(tf.matMul(all, own, false, true), [-1]); // [n]
    return tf.relu(tf.add(tf.sub(squares, tf.mul(products, 2)), tf.sum(tf.square(own))));
  });
  const values = distances.dataSync<'float32'>();
  distances.dispose();
  values[row] = 0;
  return values;
}

/** The row in whose share of the sum the place falls. */
function rowAt(shares: Float64Array, place: number): number {
  let [passed, last] = [0, 0];
  for (let row = 0; row < shares.length; row++) {
    if (shares[row] === 0) continue;
    passed += shares[row]!;
    last = row;
    if (place < passed) break;
  }
  return last;
}
