import type { CorrectedVerdict, Expectation, Judgement, Verdict } from '@hypersphere/evaluation';

import type { NumberFormat } from '../format';

/** A claim of a paper with what our runs say about it. */
export interface ClaimRecord {
  readonly id: string;
  readonly says: string;
  /** Where the paper says it, and the effect there. */
  readonly inPaper: string;
  readonly expectation: Expectation<string>;
  /** How the metric of the expectation is named and printed; left out where it has none. */
  readonly metric?: NumberFormat & { readonly label: string };
  readonly judgement: Judgement;
  /** After Holm's correction within the paper. */
  readonly afterHolm?: CorrectedVerdict;
}

export type VerdictCounts = Readonly<Record<Verdict, number>>;

/** How many claims have each verdict, before Holm's correction. */
export function countVerdicts(claims: readonly Pick<ClaimRecord, 'judgement'>[]): VerdictCounts {
  const counts: Record<Verdict, number> = { holds: 0, fails: 0, undecided: 0, 'not tested': 0, 'direction seen': 0, 'not seen': 0 };
  for (const { judgement } of claims) counts[judgement.verdict]++;
  return counts;
}

/** `3 hold, 1 fails, 2 not tested (of 6)`, kinds that do not occur left out. */
export function countsInWords(counts: VerdictCounts): string {
  const names: readonly (readonly [Verdict, string, string])[] = [
    ['holds', 'holds', 'hold'],
    ['fails', 'fails', 'fail'],
    ['undecided', 'undecided', 'undecided'],
    ['direction seen', 'seen in direction', 'seen in direction'],
    ['not seen', 'not seen', 'not seen'],
    ['not tested', 'not tested', 'not tested'],
  ];
  const parts = names.filter(([verdict]) => counts[verdict] > 0).map(([verdict, one, many]) => `${counts[verdict]} ${counts[verdict] === 1 ? one : many}`);
  const total = Object.values(counts).reduce((a, b) => a + b, 0);
  return total === 0 ? 'no claims' : `${parts.join(', ')} (of ${total})`;
}
