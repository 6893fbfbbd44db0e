import type { Rows } from '../checks';
import { forEachTile } from '../similarity/tiles';

/** Ordered pairs (probe, mate), those of one probe next to each other, probes ascending. */
export interface Mates {
  /** Row of the probe. */
  readonly probe: Int32Array;
  readonly mate: Int32Array;
  readonly cosine: Float64Array;
}

export interface MateRanks {
  /** 1 + the number of distractors that are at least as near to the probe as the mate. */
  readonly rank: Int32Array;
  /** How many distractors come before the first of those; all, if there is none. */
  readonly firstAhead: Int32Array;
}

/**
 * Ranks each mate against all distractors.
 *
 * @param probes unit rows `[n, d]`
 * @param pool unit rows `[m, d]`, in the order in which they join the gallery
 */
export function mateRanks(probes: Rows, pool: Rows, mates: Mates): MateRanks {
  const pairs = mates.probe.length;
  const rank = new Int32Array(pairs).fill(1);
  const firstAhead = new Int32Array(pairs).fill(pool.n);
  let pair = 0;
  forEachTile(probes, pool, (tile) => {
    for (; pair < pairs && mates.probe[pair]! < tile.rowStart + tile.rows; ) {
      const probe = mates.probe[pair]!;
      let end = pair;
      while (end < pairs && mates.probe[end] === probe) end++;
      const start = (probe - tile.rowStart) * tile.columns;
      rankOne(tile.values.subarray(start, start + tile.columns), { ...mates, from: pair, to: end }, rank, firstAhead);
      pair = end;
    }
  });
  return { rank, firstAhead };
}

/** One probe: each distractor passes the mates that are no nearer than it, from the farthest mate on. */
function rankOne(row: Float32Array, mates: Mates & { from: number; to: number }, rank: Int32Array, firstAhead: Int32Array): void {
  const byDistance = Array.from({ length: mates.to - mates.from }, (_, at) => mates.from + at).sort(
    (a, b) => mates.cosine[a]! - mates.cosine[b]!,
  );
  const thresholds = Float64Array.from(byDistance, (pair) => mates.cosine[pair]!); // ascending
  const farthest = thresholds[0]!;
  for (let distractor = 0; distractor < row.length; distractor++) {
    const cosine = row[distractor]!;
    if (cosine < farthest) continue;
    for (let at = 0; at < thresholds.length && thresholds[at]! <= cosine; at++) {
      const pair = byDistance[at]!;
      if (rank[pair]!++ === 1) firstAhead[pair] = distractor;
    }
  }
}
