import { gapOf, match, metricRegistry, type MetricName, type SeedScore } from '@hypersphere/evaluation';

import { chanceFor } from './summarise';
import type { SeedRun } from './variant-runs';

/** Mean gap of two variants over the seeds that both have, its 95 % t interval, and the gap of each seed; above 0 is better. */
export type Gap = ReturnType<typeof gapOf>;

/** The gap of `own` to `other`, seed by seed. A collapsed run enters at chance; undefined where no seed is shared. */
export function pairedGap(own: readonly SeedRun[], other: readonly SeedRun[], metric: MetricName): Gap | undefined {
  const chance = [...other, ...own].map(({ record }) => (record === undefined ? undefined : chanceFor(metric, record))).find((value) => value !== undefined);
  const { values: [first = [], second = []], seeds, withoutChance } = match([scores(own, metric), scores(other, metric)], metricRegistry[metric].higherIsBetter, chance);
  if (seeds.length === 0 || withoutChance) return undefined;
  return gapOf(first.map((value, at) => value - (second[at] ?? NaN)));
}

function scores(runs: readonly SeedRun[], metric: MetricName): SeedScore[] {
  return runs.flatMap(({ seed, state, record }): SeedScore[] => {
    const value = record?.metrics[metric]?.value;
    if (state === 'diverged') return [{ seed, collapsed: true }];
    return state === 'done' && value !== undefined ? [{ seed, value }] : [];
  });
}
