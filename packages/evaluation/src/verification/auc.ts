import type { RocCounts } from './roc-counts';

/**
 * Area under the ROC: P(genuine > impostor) + P(tie) / 2, exact.
 *
 * @returns share in [0, 1]
 * @see Hanley, McNeil, Radiology 143 (1982), https://doi.org/10.1148/radiology.143.1.7063747
 */
export function auc({ genuine, impostors, genuineFrom, impostorsAbove, impostorsFrom }: RocCounts): number {
  let won = 0;
  let before = 0;
  for (let at = 0; at < genuineFrom.length; at++) {
    const here = genuineFrom[at]! - before;
    before = genuineFrom[at]!;
    won += here * (impostors - (impostorsAbove[at]! + impostorsFrom[at]!) / 2);
  }
  return won / (genuine * impostors);
}
