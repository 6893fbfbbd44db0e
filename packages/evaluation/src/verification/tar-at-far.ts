import type { RocCounts } from './roc-counts';

/** f * N is rarely a whole number in binary: a count this close to it still has FAR <= f. */
const ROUNDING = 1e-9;

/**
 * TAR@FAR=f, strict: the largest true accept rate whose false accept rate does not exceed f.
 *
 *     TAR(t) = P(s >= t | genuine),  FAR(t) = P(s >= t | impostor)
 *
 * An impostor that ties with the threshold is accepted. With fewer than 1 / f impostors only FAR = 0 qualifies.
 *
 * @param far f in [0, 1]
 * @returns share in [0, 1]
 */
export function tarAtFar(counts: RocCounts, far: number): number {
  return tarWithImpostors(counts, far * counts.impostors + ROUNDING);
}

/**
 * TAR at the attained FAR that is nearest to f (of two equally near ones the larger): the reading of the
 * InsightFace IJB scripts.
 *
 * @returns share in [0, 1]
 * @throws RangeError if the kept tail of impostors does not reach that far
 * @see https://github.com/deepinsight/insightface, recognition/_evaluation_/ijb
 */
export function tarAtNearestFar(counts: RocCounts, far: number): number {
  const wanted = far * counts.impostors;
  const { tail } = counts;
  // Impostors are accepted in groups of equal score: counts end where a group ends.
  const rank = Math.min(tail.length, Math.max(1, Math.ceil(wanted - ROUNDING)));
  let [start, end] = [rank - 1, rank];
  while (start > 0 && tail[start - 1] === tail[rank - 1]) start--;
  while (end < tail.length && tail[end] === tail[rank - 1]) end++;
  // A group that goes on beyond the kept tail ends farther off than the tail does: enough where its start is nearer still.
  const cut = end === tail.length && tail.length < counts.impostors;
  if (cut && end - wanted <= wanted - start + ROUNDING) {
    throw new RangeError(`tarAtNearestFar: FAR ${far} needs more than the ${tail.length} highest impostors that were kept; raise maxFar`);
  }
  const nearest = end - wanted <= wanted - start + ROUNDING ? end : start;
  return tarWithImpostors(counts, nearest);
}

/** Share of genuine pairs accepted when at most `accepted` impostors may be. */
function tarWithImpostors({ genuine, genuineFrom, impostorsFrom }: RocCounts, accepted: number): number {
  let [low, high] = [0, impostorsFrom.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (impostorsFrom[middle]! <= accepted) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : genuineFrom[low - 1]! / genuine;
}
