import type { Rows } from '../checks';

/** Rows scaled to length 1 (float64 inside, stored as float32). A zero row stays zero: cosine 0 with everything. */
export function unitRows(rows: Rows): Rows {
  const unit = { ...rows, values: new Float32Array(rows.values.length) };
  for (let row = 0; row < rows.n; row++) copyUnitRow(rows, row, unit, row);
  return unit;
}

/**
 * Writes row `from` of `rows`, scaled to length 1, as row `to` of others of the same length.
 *
 * @returns its length before; finite if all of its numbers are
 */
export function copyUnitRow({ values, dim }: Rows, from: number, into: Rows, to: number): number {
  const [start, shift] = [from * dim, (to - from) * dim];
  const norm = rowNorm(values, start, dim);
  const scale = 1 / Math.max(norm, 1e-12);
  for (let at = start; at < start + dim; at++) into.values[at + shift] = values[at]! * scale;
  return norm;
}

/** Euclidean length of the `dim` numbers from `start` on. */
export function rowNorm(values: ArrayLike<number>, start: number, dim: number): number {
  let squared = 0;
  for (let at = start; at < start + dim; at++) squared += values[at]! * values[at]!;
  return Math.sqrt(squared);
}

/** The chosen rows, in the given order. */
export function takeRows({ values, dim }: Rows, order: Int32Array): Rows {
  const taken = new Float32Array(order.length * dim);
  order.forEach((from, to) => taken.set(values.subarray(from * dim, (from + 1) * dim), to * dim));
  return { values: taken, n: order.length, dim };
}
