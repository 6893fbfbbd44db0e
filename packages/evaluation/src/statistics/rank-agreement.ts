import { kendallTauB } from './kendall';
import { pairedGaps } from './paired-gap';
import { mean } from './summary';
import { tInterval, type Interval } from './t-interval';

export interface RankAgreementInput {
  /** One published value a row. */
  readonly published: readonly number[];
  /** Our values, row by row, one for each seed; the same seeds in every row. */
  readonly ours: readonly (readonly number[])[];
}

export interface RankAgreement extends Interval {
  readonly tau: number;
  readonly rows: number;
  readonly seeds: number;
}

/** Below this many rows an order says too little. */
const LEAST_ROWS = 5;

/**
 * Kendall's tau-b between the published order of rows and that of our means, with all values that it may have where
 * seeds leave the order of two rows open: where the 95 % interval of their paired gap contains 0, the one or the
 * other may come first.
 *
 * Resampled seeds give no such interval: noise only ever disturbs an order, so that of rows that lie close together
 * every resample is less in order than the truth. This one covers in 95 of 100 samples or more.
 *
 * @returns undefined below 5 rows, without seeds, or where all rows are equal, which have no order; the interval is the point itself for one seed
 * @throws RangeError if rows or seeds do not match
 */
export function rankAgreement({ published, ours }: RankAgreementInput): RankAgreement | undefined {
  const seeds = ours[0]?.length ?? 0;
  if (ours.length !== published.length || ours.some((row) => row.length !== seeds)) {
    throw new RangeError(`rankAgreement: needs ${published.length} rows of ${seeds} seeds each, got ${ours.map((row) => row.length).join(', ')}`);
  }
  const rows = published.length;
  if (rows < LEAST_ROWS || seeds === 0) return undefined;
  const tau = kendallTauB(published, ours.map(mean));
  if (Number.isNaN(tau)) return undefined;
  const { low, high } = seeds === 1 ? { low: tau, high: tau } : openOrders(published, ours);
  return { tau, rows, seeds, low: Math.min(low, tau), high: Math.max(high, tau) };
}

/** Lowest and highest tau-b; pairs of rows that are published as equal count on neither side. */
function openOrders(published: readonly number[], ours: readonly (readonly number[])[]): Interval {
  let [decided, open, untied] = [0, 0, 0];
  for (let i = 0; i < published.length; i++) {
    for (let j = 0; j < i; j++) {
      const wanted = Math.sign(published[i]! - published[j]!);
      const { low, high, mean: gap } = tInterval(pairedGaps(ours[i]!, ours[j]!));
      untied += Math.abs(wanted);
      if (low > 0 || high < 0) decided += wanted * Math.sign(gap);
      else open += Math.abs(wanted);
    }
  }
  const most = Math.sqrt((untied * published.length * (published.length - 1)) / 2);
  return { low: (decided - open) / most, high: (decided + open) / most };
}
