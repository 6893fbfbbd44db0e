import type { Rows } from '../checks';
import { squaredDistances } from './assign';

/**
 * Means of the rows assigned to each centre. A centre without any takes the row that lies farthest from its own
 * centre, which loses it; several take the farthest rows in turn. Where all rows lie on their centres it stays.
 */
export function moveCentres(rows: Rows, centres: Rows, assignment: Int32Array): Rows {
  const { dim } = rows;
  const sums = new Float64Array(centres.n * dim);
  const counts = new Int32Array(centres.n);
  assignment.forEach((centre, row) => add(sums, counts, { rows, row, centre, sign: 1 }));
  fillEmpty(sums, counts, { rows, centres, assignment });
  const values = centres.values.slice();
  for (let centre = 0; centre < centres.n; centre++) {
    if (counts[centre] === 0) continue;
    for (let at = centre * dim; at < (centre + 1) * dim; at++) values[at] = sums[at]! / counts[centre]!;
  }
  return { values, n: centres.n, dim };
}

interface Share {
  readonly rows: Rows;
  readonly row: number;
  readonly centre: number;
  readonly sign: 1 | -1;
}

function add(sums: Float64Array, counts: Int32Array, { rows: { values, dim }, row, centre, sign }: Share): void {
  counts[centre]! += sign;
  for (let at = 0; at < dim; at++) sums[centre * dim + at]! += sign * values[row * dim + at]!;
}

function fillEmpty(sums: Float64Array, counts: Int32Array, { rows, centres, assignment }: { rows: Rows; centres: Rows; assignment: Int32Array }): void {
  const empty = [...counts.keys()].filter((centre) => counts[centre] === 0);
  if (empty.length === 0) return;
  const distances = squaredDistances(rows, centres, assignment);
  const farthest = [...distances.keys()].sort((a, b) => distances[b]! - distances[a]! || a - b);
  empty.forEach((centre, at) => {
    const row = farthest[at]!;
    const loser = assignment[row]!;
    if (distances[row] === 0 || counts[loser] === 1) return;
    add(sums, counts, { rows, row, centre: loser, sign: -1 });
    add(sums, counts, { rows, row, centre, sign: 1 });
  });
}
