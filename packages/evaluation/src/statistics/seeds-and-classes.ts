import tQuantile from '@stdlib/stats-base-dists-t-quantile';

import { mean, sampleDeviation } from './summary';
import type { Interval } from './t-interval';

export interface SeedsAndClasses {
  /** Gap of each seed on all classes, two seeds or more. */
  readonly gaps: readonly number[];
  /** For each seed the gap in every replicate of the bootstrap over classes; replicate r drew the same classes in all runs. */
  readonly replicates: readonly (readonly number[])[];
  /** Coverage, in (0, 1). Default 0.95. */
  readonly level?: number;
}

/**
 * Interval of a mean paired gap that holds for other seeds and other classes. Seeds and classes are crossed, so the
 * variances of both add up, less what both contain: the part of a seed on a class.
 *
 *     V = V_s + V_c,  V_s = s^2 / n,  V_c = V_mean - (mean of V_seed - V_mean) / (n - 1), 0 at least
 *     mean +- (V_s t_{n-1} + V_c t_{r-1}) / V sqrt(V)
 *
 * with V_mean, V_seed the variances over r replicates of the mean gap and of a seed's. The quantile is that of Cochran
 * and Cox: Welch's takes the spread of three seeds for known too soon. Replicates in which a seed has no value are
 * left out.
 *
 * @returns NaN bounds if fewer than two replicates are left
 * @throws RangeError if there are fewer than two seeds, or seeds have different numbers of replicates
 * @see Cochran and Cox, Experimental Designs, 1950, sec. 4.14
 * @see Owen, The pigeonhole bootstrap, Annals of Applied Statistics 1 (2007), https://doi.org/10.1214/07-AOAS122
 * @see Cameron, Gelbach and Miller, J. Business and Economic Statistics 29 (2011), https://doi.org/10.1198/jbes.2010.07136
 */
export function gapOverSeedsAndClasses({ gaps, replicates, level = 0.95 }: SeedsAndClasses): Interval {
  const drawn = commonReplicates(gaps, replicates);
  if (drawn.length < 2) return { low: Number.NaN, high: Number.NaN };
  const n = gaps.length;
  const seeds = sampleDeviation(gaps) ** 2 / n;
  const ofMean = variance(drawn.map((at) => mean(replicates.map((run) => run[at]!))));
  const ofSeed = mean(replicates.map((run) => variance(drawn.map((at) => run[at]!))));
  const classes = Math.max(0, ofMean - Math.max(0, ofSeed - ofMean) / (n - 1));
  const centre = mean(gaps);
  if (seeds + classes === 0) return { low: centre, high: centre };
  const quantile = (freedom: number): number => tQuantile((1 + level) / 2, freedom);
  const half = (seeds * quantile(n - 1) + classes * quantile(drawn.length - 1)) / Math.sqrt(seeds + classes);
  return { low: centre - half, high: centre + half };
}

/** Places of the replicates in which every seed has a value. */
function commonReplicates(gaps: readonly number[], replicates: readonly (readonly number[])[]): number[] {
  const count = replicates[0]?.length ?? 0;
  if (gaps.length < 2 || replicates.length !== gaps.length || replicates.some((run) => run.length !== count)) {
    throw new RangeError(`gapOverSeedsAndClasses: needs two seeds or more and equally many replicates for each, got ${gaps.length} seeds with ${replicates.map((run) => run.length).join(', ') || 'no'} replicates`);
  }
  return Array.from({ length: count }, (_, at) => at).filter((at) => replicates.every((run) => !Number.isNaN(run[at]!)));
}

const variance = (values: readonly number[]): number => sampleDeviation(values) ** 2;
