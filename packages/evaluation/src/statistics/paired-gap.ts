import tCdf from '@stdlib/stats-base-dists-t-cdf';

import { tInterval, type TInterval } from './t-interval';

export interface PairedGap extends TInterval {
  /** a - b, seed by seed. */
  readonly gaps: readonly number[];
  /** Two-sided p of the paired t test; 1 for one pair. */
  readonly p: number;
}

/** Differences a - b of runs that share a seed. @throws RangeError if the lists differ in length or are empty */
export function pairedGaps(a: readonly number[], b: readonly number[]): number[] {
  if (a.length !== b.length || a.length === 0) {
    throw new RangeError(`pairedGaps: needs the same seeds on both sides, got ${a.length} and ${b.length}`);
  }
  return a.map((value, seed) => value - b[seed]!);
}

/** Mean paired gap a - b with Student's interval and the p of the paired t test. */
export function pairedGap(a: readonly number[], b: readonly number[], level = 0.95): PairedGap {
  return gapOf(pairedGaps(a, b), level);
}

/** The same from gaps that are at hand. */
export function gapOf(gaps: readonly number[], level = 0.95): PairedGap {
  const interval = tInterval(gaps, level);
  return { ...interval, gaps, p: gaps.length < 2 ? 1 : 2 * oneSidedP(gaps, 0, 'beyond') };
}

/**
 * p of the one-sided t test.
 *
 * @param side `above`: small when the mean is above `border`; `below`: when it is below; `beyond`: on either side
 */
export function oneSidedP(values: readonly number[], border: number, side: 'above' | 'below' | 'beyond'): number {
  const { mean, sd, n } = tInterval(values);
  const away = mean - border;
  const t = sd === 0 ? (away === 0 ? 0 : Math.sign(away) * Infinity) : away / (sd / Math.sqrt(n));
  if (side === 'above') return tCdf(-t, n - 1);
  return tCdf(side === 'below' ? t : -Math.abs(t), n - 1);
}
