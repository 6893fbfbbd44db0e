import tQuantile from '@stdlib/stats-base-dists-t-quantile';

import { mean, sampleDeviation } from './summary';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface TInterval extends Interval {
  readonly mean: number;
  /** Sample standard deviation, n - 1; NaN for one value. */
  readonly sd: number;
  readonly n: number;
}

/**
 * Mean with Student's interval: mean +- t_{n-1} sd / sqrt(n).
 *
 * @param level coverage, in (0, 1)
 * @returns infinite bounds for one value
 * @throws RangeError if there is no value
 */
export function tInterval(values: readonly number[], level = 0.95): TInterval {
  if (values.length === 0) throw new RangeError('tInterval: needs at least one value, got none');
  const [centre, sd, n] = [mean(values), sampleDeviation(values), values.length];
  if (n === 1) return { mean: centre, sd, n, low: -Infinity, high: Infinity };
  const half = (tQuantile((1 + level) / 2, n - 1) * sd) / Math.sqrt(n);
  return { mean: centre, sd, n, low: centre - half, high: centre + half };
}
