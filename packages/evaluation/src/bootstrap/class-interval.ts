import tQuantile from '@stdlib/stats-base-dists-t-quantile';

import { normalCdf } from '../statistics/normal';
import type { Interval } from '../statistics/t-interval';

export interface ClassIntervalOptions {
  /** Classes that were resampled, two or more. */
  readonly classes: number;
  /** Coverage, in (0, 1). Default 0.95. */
  readonly level?: number;
}

/**
 * Expanded percentile interval of bootstrap replicates. A plain one is too narrow twice: resampled classes spread
 * sqrt((c - 1) / c) too little and their spread is taken as known (the tails are therefore those of Student's t),
 * and of few replicates the quantile must be that of order statistics in expectation, k / (replicates + 1).
 *
 *     tail = Phi(-sqrt(c / (c - 1)) t_{c-1})
 *
 * NaN is left out.
 *
 * @returns NaN bounds if no number is left
 * @see Hesterberg, What Teachers Should Know About the Bootstrap, The American Statistician 69 (2015), sec. 5.3, https://doi.org/10.1080/00031305.2015.1089789
 */
export function classInterval(replicates: ArrayLike<number>, { classes, level = 0.95 }: ClassIntervalOptions): Interval {
  const sorted = Float64Array.from(replicates).filter((value) => !Number.isNaN(value)).sort();
  const tail = expandedTail(classes, level);
  return { low: expectedQuantile(sorted, tail), high: expectedQuantile(sorted, 1 - tail) };
}

function expandedTail(classes: number, level: number): number {
  if (!(classes >= 2)) throw new RangeError(`classInterval: needs two classes or more, got ${classes}`);
  return normalCdf(-Math.sqrt(classes / (classes - 1)) * tQuantile((1 + level) / 2, classes - 1));
}

/** Quantile whose k-th of n order statistics stands for k / (n + 1) (type 6 of Hyndman and Fan). */
function expectedQuantile(sorted: Float64Array, share: number): number {
  const last = sorted.length - 1;
  if (last < 0) return Number.NaN;
  const place = Math.min(last, Math.max(0, share * (sorted.length + 1) - 1));
  const below = Math.floor(place);
  const above = Math.min(below + 1, last);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}
