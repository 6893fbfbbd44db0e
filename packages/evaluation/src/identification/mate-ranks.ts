import type { Rows } from '../checks';
import type { RelevantLists } from '../retrieval/relevant-lists';
import type { Gallery } from './gallery';
import { nearestDistractors, type NearestDistractors } from './nearest-distractors';

export interface MateRanks {
  /** 1 + the number of distractors that are at least as near to the probe as the mate, or limit + 1 if that is more. */
  readonly rank: Int32Array;
  /** For each end of a segment how many mates are nearer than all distractors up to there. */
  readonly firsts: readonly number[];
}

/**
 * Ranks each mate against all distractors.
 *
 * @param probes unit rows `[n, d]`
 * @param mates the mates of each probe, nearest first
 * @param limit up to which ranks are told apart
 */
export function mateRanks(probes: Rows, gallery: Gallery, { mates, limit }: { readonly mates: RelevantLists; readonly limit: number }): MateRanks {
  const { starts, similarity } = mates;
  const nearest = nearestDistractors(probes, gallery, limit);
  const rank = new Int32Array(similarity.length);
  const firsts = gallery.ends.map(() => 0);
  for (let probe = 0; probe < probes.n; probe++) {
    rankMates(nearest.highest.subarray(probe * limit, (probe + 1) * limit), similarity.subarray(starts[probe], starts[probe + 1]), rank.subarray(starts[probe]));
    countFirsts(nearest, probe, { similarity: similarity.subarray(starts[probe], starts[probe + 1]), firsts });
  }
  return { rank, firsts };
}

/** Both lists descend. */
function rankMates(distractors: Float32Array, mates: Float32Array, rank: Int32Array): void {
  let ahead = 0;
  mates.forEach((mate, at) => {
    while (ahead < distractors.length && distractors[ahead]! >= mate) ahead++;
    rank[at] = ahead + 1;
  });
}

function countFirsts({ peaks }: NearestDistractors, probe: number, { similarity, firsts }: { readonly similarity: Float32Array; readonly firsts: number[] }): void {
  let [nearest, count] = [-Infinity, similarity.length];
  peaks.forEach((peak, segment) => {
    nearest = Math.max(nearest, peak[probe]!);
    while (count > 0 && similarity[count - 1]! <= nearest) count--;
    firsts[segment]! += count;
  });
}
