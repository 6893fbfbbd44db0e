import { oneSidedP } from './paired-gap';
import { tInterval, type Interval } from './t-interval';

export interface Equivalence {
  /** The larger p of the two one-sided tests. */
  readonly p: number;
  /** 90 % interval of the mean gap. */
  readonly interval90: Interval;
  /** Whether the interval lies inside +-delta, that is p < 0.05. */
  readonly level: boolean;
}

/**
 * Two one-sided tests: are the two sides level within delta?
 *
 * @param gaps paired differences, two or more
 * @param delta largest gap that counts as level, > 0, in the unit of the gaps
 * @throws RangeError if delta is not above 0
 * @see Schuirmann, J. Pharmacokinetics and Biopharmaceutics 15 (1987), https://doi.org/10.1007/BF01068419
 */
export function equivalence(gaps: readonly number[], delta: number): Equivalence {
  if (!(delta > 0)) throw new RangeError(`equivalence: delta must be above 0, got ${delta}`);
  const { low, high } = tInterval(gaps, 0.9);
  const p = gaps.length < 2 ? 1 : Math.max(oneSidedP(gaps, -delta, 'above'), oneSidedP(gaps, delta, 'below'));
  return { p, interval90: { low, high }, level: low > -delta && high < delta };
}
