import type { Rows } from '../checks';

/** Rows scaled to length 1 (float64 inside, stored as float32). A zero row stays zero: cosine 0 with everything. */
export function unitRows({ values, n, dim }: Rows): Rows {
  const unit = new Float32Array(values.length);
  for (let row = 0; row < n; row++) {
    const start = row * dim;
    const scale = 1 / Math.max(rowNorm(values, start, dim), 1e-12);
    for (let at = start; at < start + dim; at++) unit[at] = values[at]! * scale;
  }
  return { values: unit, n, dim };
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
