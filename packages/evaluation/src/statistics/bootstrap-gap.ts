import { percentileInterval } from '../bootstrap/quantile';
import { draws } from '../random';
import { mean, sampleDeviation } from './summary';
import type { Interval } from './t-interval';

export interface BootstrapOptions {
  readonly seed: number;
  readonly replicates?: number;
  /** Coverage. Default 0.95. */
  readonly level?: number;
}

export interface BootstrapEstimate extends Interval {
  /** Two-sided: twice the smaller share of replicates on one side of the null value, not below 1 / (replicates + 1). */
  readonly p: number;
}

/**
 * Percentile interval of a mean over resampled seeds: for gaps among which a collapsed run makes Student's
 * interval meaningless.
 */
export function bootstrapMean(values: readonly number[], options: BootstrapOptions & { readonly nullValue?: number }): BootstrapEstimate {
  const { integer } = draws(options.seed, 'bootstrap over seeds');
  return estimate(options, options.nullValue ?? 0, () => mean(values.map(() => values[integer(values.length)]!)));
}

/**
 * Ratio of the spreads (sample deviations) of two variants over seeds, a / b: below 1, a is the steadier.
 * Seeds are drawn together for both sides; draws in which b does not vary at all are left out.
 *
 * @throws RangeError if the lists differ in length or have fewer than two values
 */
export function spreadRatio(a: readonly number[], b: readonly number[], options: BootstrapOptions): BootstrapEstimate & { readonly ratio: number } {
  if (a.length !== b.length || a.length < 2) {
    throw new RangeError(`spreadRatio: needs the same two seeds or more on both sides, got ${a.length} and ${b.length}`);
  }
  const { integer } = draws(options.seed, 'ratio of spreads');
  const ratio = (x: readonly number[], y: readonly number[]): number => {
    const [sx, sy] = [sampleDeviation(x), sampleDeviation(y)];
    return sy === 0 ? Number.NaN : sx / sy;
  };
  const drawn = estimate(options, 1, () => {
    const seeds = a.map(() => integer(a.length));
    return ratio(seeds.map((at) => a[at]!), seeds.map((at) => b[at]!));
  });
  return { ratio: ratio(a, b), ...drawn };
}

/**
 * Interval of a mean paired gap with seeds and classes resampled together: each draw takes one replicate of the
 * bootstrap over classes, and seeds with replacement.
 *
 * @param gaps for each seed the gap in every replicate; replicate r drew the same classes in all runs
 * @throws RangeError if seeds have different numbers of replicates
 */
export function gapOverSeedsAndClasses(gaps: readonly (readonly number[])[], options: BootstrapOptions): BootstrapEstimate {
  const replicates = gaps[0]?.length ?? 0;
  if (replicates === 0 || gaps.some((run) => run.length !== replicates)) {
    throw new RangeError(`gapOverSeedsAndClasses: needs equally many replicates for every seed, got ${gaps.map((run) => run.length).join(', ') || 'none'}`);
  }
  const { integer } = draws(options.seed, 'seeds and classes');
  return estimate(options, 0, () => {
    const classes = integer(replicates);
    return mean(gaps.map(() => gaps[integer(gaps.length)]![classes]!));
  });
}

function estimate({ replicates = 2000, level }: BootstrapOptions, nullValue: number, draw: () => number): BootstrapEstimate {
  const drawn = Array.from({ length: replicates }, draw).filter((value) => !Number.isNaN(value));
  const below = drawn.filter((value) => value <= nullValue).length;
  const above = drawn.filter((value) => value >= nullValue).length;
  const p = Math.min(1, Math.max((2 * Math.min(below, above)) / drawn.length, 1 / (drawn.length + 1)));
  return { ...percentileInterval(drawn, level), p };
}
