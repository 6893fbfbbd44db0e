import type { ClassRows } from '../similarity/class-rows';
import type { Gallery } from './gallery';
import { matesOf, type Mates } from './mates';
import { nearestDistractors } from './nearest-distractors';
import { probeTiles } from './probe-tiles';

export interface MateRanks {
  /** One of each pair: 1 + the number of distractors that are at least as near to the probe as the mate, or limit + 1 if that is more. */
  readonly rank: Int32Array;
  /** Those of probe p begin at `starts[p]`. */
  readonly starts: Int32Array;
  /** For each end of a segment how many mates are nearer than all distractors up to there. */
  readonly firsts: readonly number[];
}

/**
 * Ranks each mate against all distractors.
 *
 * @param set unit rows
 * @param limit up to which ranks are told apart
 */
export function mateRanks(set: ClassRows, gallery: Gallery, limit: number): MateRanks {
  const probes = probeTiles(set.rows, gallery.blocks.n);
  try {
    const mates = matesOf(set, probes);
    const { highest, peaks } = nearestDistractors(probes, gallery, limit);
    return { rank: ranksOf(mates, highest, limit), starts: mates.starts, firsts: firstsOf(mates, peaks, gallery.ends.length) };
  } finally {
    probes.tiles.forEach((tile) => tile.probes.dispose());
  }
}

/** @param highest `[n, limit]`, descending as the mates of each probe */
function ranksOf({ starts, similarity }: Mates, highest: Float32Array, limit: number): Int32Array {
  const rank = new Int32Array(similarity.length);
  for (let probe = 0; probe < starts.length - 1; probe++) {
    let ahead = 0;
    for (let pair = starts[probe]!; pair < starts[probe + 1]!; pair++) {
      while (ahead < limit && highest[probe * limit + ahead]! >= similarity[pair]!) ahead++;
      rank[pair] = ahead + 1;
    }
  }
  return rank;
}

/** @param peaks `[n, segments]` */
function firstsOf({ starts, similarity }: Mates, peaks: Float32Array, segments: number): number[] {
  const firsts = Array.from({ length: segments }, () => 0);
  for (let probe = 0; probe < starts.length - 1; probe++) {
    let end = starts[probe + 1]!;
    for (let segment = 0; segment < segments; segment++) {
      while (end > starts[probe]! && similarity[end - 1]! <= peaks[probe * segments + segment]!) end--;
      firsts[segment]! += end - starts[probe]!;
    }
  }
  return firsts;
}
