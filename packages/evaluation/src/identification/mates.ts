import type { ClassRows } from '../similarity/class-rows';
import { filledUp, productOf, read, type ProbeTiles } from './probe-tiles';

/** Similarities of each probe with the others of its class. */
export interface Mates {
  /** Those of probe p are `similarity[starts[p]] .. similarity[starts[p + 1] - 1]`. */
  readonly starts: Int32Array;
  /** Nearest first. */
  readonly similarity: Float32Array;
}

/** Memory grows with the number of pairs of a class: 4 bytes each. */
export function matesOf({ rows, starts: classStarts, classAt }: ClassRows, { columns, tiles }: ProbeTiles): Mates {
  const starts = new Int32Array(rows.n + 1);
  classAt.forEach((own, probe) => (starts[probe + 1] = starts[probe]! + classStarts[own + 1]! - classStarts[own]! - 1));
  const similarity = new Float32Array(starts[rows.n]!);
  const next = starts.slice();
  for (const tile of tiles) {
    const { start, count } = tile;
    const end = classStarts[classAt[start + count - 1]! + 1]!;
    for (let first = classStarts[classAt[start]!]!; first < end; first += columns) {
      const last = Math.min(first + columns, end);
      const others = filledUp({ values: rows.values.subarray(first * rows.dim, last * rows.dim), n: last - first, dim: rows.dim }, columns);
      const values = read(productOf(tile, others));
      others.dispose();
      for (let probe = start; probe < start + count; probe++) {
        const to = Math.min(last, classStarts[classAt[probe]! + 1]!);
        for (let mate = Math.max(first, classStarts[classAt[probe]!]!); mate < to; mate++) {
          if (mate !== probe) similarity[next[probe]!++] = values[(probe - start) * columns + mate - first]!;
        }
      }
    }
  }
  for (let probe = 0; probe < rows.n; probe++) similarity.subarray(starts[probe], starts[probe + 1]).sort().reverse();
  return { starts, similarity };
}
