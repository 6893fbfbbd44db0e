import type { Rows } from '../checks';
import type { Neighbours } from './neighbours';

/** A sparse row: weight by index, summing to 1. */
export type Weights = ReadonlyMap<number, number>;

/** The k-reciprocal set of each row as weights e^-d, d = squared distance over the largest of the row. */
export function reciprocalWeights(rows: Rows, near: Neighbours, k1: number): Weights[] {
  return Array.from({ length: rows.n }, (_, row) => {
    const weights = [...expandedSet(near, row, k1)].map((other) => [other, Math.exp(-normalisedDistance(rows, near, row, other))] as const);
    const sum = weights.reduce((total, [, weight]) => total + weight, 0);
    return new Map(weights.map(([other, weight]) => [other, weight / sum]));
  });
}

/** Mean of the weights of the k2 nearest rows, the row itself among them. */
export function expandQuery(weights: readonly Weights[], { index, k }: Neighbours, k2: number): Weights[] {
  return weights.map((_, row) => {
    const mean = new Map<number, number>();
    for (const other of index.subarray(row * k, row * k + k2)) {
      for (const [column, weight] of weights[other]!) mean.set(column, (mean.get(column) ?? 0) + weight / k2);
    }
    return mean;
  });
}

/** R(i, k1), with R(c, k1 / 2) of each member c of which more than two thirds lie in R(i, k1). */
function expandedSet(near: Neighbours, row: number, k1: number): Set<number> {
  const own = reciprocalSet(near, row, k1);
  const members = new Set(own);
  const expanded = new Set(own);
  for (const candidate of own) {
    const others = reciprocalSet(near, candidate, halfEven(k1 / 2));
    const shared = others.filter((other) => members.has(other)).length;
    if (shared > (2 / 3) * others.length) others.forEach((other) => expanded.add(other));
  }
  return expanded;
}

/** Rows among the k + 1 nearest of this one (itself counts) that have it among theirs. */
function reciprocalSet({ index, k: kept }: Neighbours, row: number, k: number): number[] {
  const nearest = (of: number): Int32Array => index.subarray(of * kept, of * kept + Math.min(kept, k + 1));
  return [...nearest(row)].filter((other) => nearest(other).includes(row));
}

/** As NumPy rounds: halves to the even number. */
function halfEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}

function normalisedDistance({ values, dim }: Rows, { farthest }: Neighbours, row: number, other: number): number {
  let squared = 0;
  for (let at = 0; at < dim; at++) squared += (values[row * dim + at]! - values[other * dim + at]!) ** 2;
  return squared / Math.max(farthest[row]!, 1e-24);
}
