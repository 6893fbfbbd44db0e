import { percentileInterval } from '../bootstrap/quantile';
import { draws } from '../random';
import { mean } from './summary';
import type { Interval } from './t-interval';

/**
 * Kendall's tau-b of two lists, ties corrected.
 *
 *     tau_b = (concordant - discordant) / sqrt((pairs - ties in x) (pairs - ties in y))
 *
 * @returns in [-1, 1]; NaN if either list is constant
 * @see Kendall, Biometrika 33 (1945), https://doi.org/10.1093/biomet/33.3.239
 */
export function kendallTauB(x: readonly number[], y: readonly number[]): number {
  let [score, untiedX, untiedY] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const [dx, dy] = [Math.sign(x[i]! - x[j]!), Math.sign(y[i]! - y[j]!)];
      score += dx * dy;
      untiedX += Math.abs(dx);
      untiedY += Math.abs(dy);
    }
  }
  return score / Math.sqrt(untiedX * untiedY);
}

export interface RankAgreementInput {
  /** One published value a row. */
  readonly published: readonly number[];
  /** Our values, row by row, one for each seed; the same seeds in every row. */
  readonly ours: readonly (readonly number[])[];
  readonly seed: number;
  readonly replicates?: number;
}

/** Below this many rows an order says too little. */
const LEAST_ROWS = 5;

/**
 * Kendall's tau-b between the published order of rows and that of our means, with a percentile interval from
 * resampled seeds.
 *
 * @returns undefined below 5 rows, or where all rows are equal, which have no order; resamples without one are left out; the interval is the point itself for one seed
 * @throws RangeError if rows or seeds do not match
 */
export function rankAgreement({ published, ours, seed, replicates = 2000 }: RankAgreementInput): (Interval & { readonly tau: number; readonly rows: number }) | undefined {
  const seeds = ours[0]?.length ?? 0;
  if (ours.length !== published.length || ours.some((row) => row.length !== seeds)) {
    throw new RangeError(`rankAgreement: needs ${published.length} rows of ${seeds} seeds each, got ${ours.map((row) => row.length).join(', ')}`);
  }
  if (published.length < LEAST_ROWS || seeds === 0) return undefined;
  const { integer } = draws(seed, 'rank agreement');
  const taus = Array.from({ length: replicates }, () => {
    const drawn = Array.from({ length: seeds }, () => integer(seeds));
    return kendallTauB(published, ours.map((row) => mean(drawn.map((at) => row[at]!))));
  });
  const tau = kendallTauB(published, ours.map(mean));
  if (Number.isNaN(tau)) return undefined;
  return { tau, rows: published.length, ...percentileInterval(taus.filter((one) => !Number.isNaN(one))) };
}
