import { mean } from './summary';
import { oneSidedP } from './paired-gap';
import { tInterval, type Interval } from './t-interval';

export interface SpreadRatio extends Interval {
  /** a / b: below 1, a is the steadier. NaN where b does not vary. */
  readonly ratio: number;
  /** Two-sided, against equal spreads. */
  readonly p: number;
}

/**
 * Ratio of the spreads of two variants over seeds that they share, a / b, with the interval of the jackknife.
 *
 * A spread is the mean absolute deviation from the mean: squares would let one far seed decide. The jackknife's
 * pseudo-values of log(a / b), one a seed, have Student's interval.
 *
 * @param level coverage, in (0, 1)
 * @returns bounds [0, Infinity] and p = 1 where leaving out one seed leaves a side that does not vary
 * @throws RangeError if the lists differ in length or have fewer than three values
 * @see Miller, Annals of Mathematical Statistics 39 (1968), https://doi.org/10.1214/aoms/1177698418
 * @see Bonett and Seier, J. Educational and Behavioral Statistics 28 (2003), https://doi.org/10.3102/10769986028001017
 */
export function spreadRatio(a: readonly number[], b: readonly number[], level = 0.95): SpreadRatio {
  if (a.length !== b.length || a.length < 3) {
    throw new RangeError(`spreadRatio: needs the same three seeds or more on both sides, got ${a.length} and ${b.length}`);
  }
  const whole = logRatio(a, b);
  const ratio = spread(b) === 0 ? Number.NaN : Math.exp(whole);
  const n = a.length;
  const pseudo = a.map((_, left) => n * whole - (n - 1) * logRatio(without(a, left), without(b, left)));
  if (!pseudo.every(Number.isFinite)) return { ratio, low: 0, high: Infinity, p: 1 };
  const { low, high } = tInterval(pseudo, level);
  return { ratio, low: Math.exp(low), high: Math.exp(high), p: 2 * oneSidedP(pseudo, 0, 'beyond') };
}

const logRatio = (a: readonly number[], b: readonly number[]): number => Math.log(spread(a) / spread(b));
const without = (values: readonly number[], left: number): number[] => values.filter((_, at) => at !== left);

/** Mean absolute deviation from the mean. */
function spread(values: readonly number[]): number {
  const centre = mean(values);
  return mean(values.map((value) => Math.abs(value - centre)));
}
