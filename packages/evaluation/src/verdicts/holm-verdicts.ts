import { holm } from '../statistics/holm';
import type { Judgement, Verdict } from './judgement';

/** A verdict after Holm's correction within a paper. */
export interface CorrectedVerdict {
  readonly verdict: Verdict;
  /** Adjusted p; undefined where the verdict rests on no test. */
  readonly p?: number;
}

/**
 * Holm's correction over all judged claims of one paper: `holds` and `fails` stay only if the adjusted p is at most
 * 0.05, else they become `undecided`. Claims without a p (proved, not tested, not judged) are not in the family.
 *
 * @param judgements by claim
 */
export function holmVerdicts<K extends string>(judgements: Readonly<Record<K, Judgement>>): Record<K, CorrectedVerdict> {
  const claims = Object.keys(judgements) as K[];
  const family = claims.filter((claim) => isTested(judgements[claim]));
  const adjusted = holm(family.map((claim) => judgements[claim].p!));
  const corrected = claims.map((claim): [K, CorrectedVerdict] => {
    const { verdict } = judgements[claim];
    const at = family.indexOf(claim);
    if (at < 0) return [claim, { verdict }];
    const p = adjusted[at]!;
    return [claim, { verdict: p <= 0.05 ? verdict : 'undecided', p }];
  });
  return Object.fromEntries(corrected) as Record<K, CorrectedVerdict>;
}

function isTested({ verdict, p }: Judgement): boolean {
  return p !== undefined && (verdict === 'holds' || verdict === 'fails' || verdict === 'undecided');
}
