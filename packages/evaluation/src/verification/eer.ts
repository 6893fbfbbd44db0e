import type { RocCounts } from './roc-counts';

/**
 * Equal error rate: where false accept rate = false reject rate on the ROC, its points joined by lines.
 *
 * @returns share in [0, 1]
 */
export function equalErrorRate({ genuine, impostors, genuineFrom, impostorsAbove, impostorsFrom }: RocCounts): number {
  let frr = 1;
  for (let at = 0; at < genuineFrom.length; at++) {
    // first impostors alone (FRR stays), then the genuine score with whatever ties with it
    const above = impostorsAbove[at]! / impostors;
    if (above >= frr) return frr;
    const next = { far: impostorsFrom[at]! / impostors, frr: 1 - genuineFrom[at]! / genuine };
    if (next.far >= next.frr) {
      const share = (frr - above) / (frr - above + next.far - next.frr);
      return above + share * (next.far - above);
    }
    frr = next.frr;
  }
  return frr;
}
