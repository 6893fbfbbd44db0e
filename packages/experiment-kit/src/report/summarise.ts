import { chanceValue, mean as meanOf, sampleDeviation, tInterval, type ChanceContext, type MetricName } from '@hypersphere/evaluation';

import type { RunRecord } from '../run-record';
import type { SeedRun } from './variant-runs';

/** One cell: a metric of a variant over its seeds. */
export interface Summary {
  /** Over all seeds, a diverged run at the chance value of the metric. */
  readonly mean?: number;
  /** 95 % interval of the mean over three seeds or more; of one run, its interval over classes. Two say next to nothing of their spread. */
  readonly low?: number;
  readonly high?: number;
  /** Sample standard deviation over seeds. */
  readonly sd?: number;
  readonly perSeed: readonly number[];
  /** Chance values at which diverged runs entered. */
  readonly diverged: readonly number[];
  readonly missing: number;
  readonly stale: number;
  readonly edited: number;
  readonly failed: number;
}

export function summarise(runs: readonly SeedRun[], metric: MetricName): Summary {
  const done = runs.flatMap(({ state, record }) => (state === 'done' && record?.metrics[metric] !== undefined ? [record.metrics[metric]] : []));
  const chance = runs.flatMap(({ state, record }) => (state === 'diverged' && record !== undefined ? [chanceFor(metric, record)] : [])).filter((value) => value !== undefined);
  const perSeed = done.map(({ value }) => value);
  const values = [...perSeed, ...chance];
  const count = (wanted: SeedRun['state']) => runs.filter(({ state }) => state === wanted).length;
  const counts = { perSeed, diverged: chance, missing: count('missing'), stale: count('stale'), edited: count('edited'), failed: count('failed') };
  if (values.length === 0) return counts;
  const mean = meanOf(values);
  const [only] = done;
  const interval = values.length > 2 ? tInterval(values) : values.length === 1 ? only : undefined;
  const sd = values.length > 1 ? { sd: sampleDeviation(values) } : {};
  return { ...counts, mean, ...sd, ...(interval?.low === undefined || interval.high === undefined ? {} : { low: interval.low, high: interval.high }) };
}

/** The value at which a diverged run enters comparisons. */
export function chanceFor(metric: MetricName, record: RunRecord): number | undefined {
  const testSet = record.series['testSet'] as ChanceContext | undefined;
  return testSet === undefined ? undefined : chanceValue(metric, testSet);
}
