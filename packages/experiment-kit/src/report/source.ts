import type { MetricName } from '@hypersphere/evaluation';
import type { MeasuredCell } from '@hypersphere/reporting';

import type { Damaged } from '../damaged-record';
import type { Experiment, ProfileName } from '../define-experiment';
import { configOf } from '../plan';
import { openRunStore, type RunStore } from '../run-store';
import { summarise } from './summarise';
import { extraRuns, variantRuns, type SeedRun } from './variant-runs';

/** What a report reads: the runs of each variant, from the store, as the profile plans them. */
export interface ReportSource {
  readonly experiment: Experiment;
  readonly profile: ProfileName;
  readonly store: RunStore;
  /** Records of the store that cannot be trusted; no number is taken from them. */
  readonly damaged: readonly Damaged[];
  /** Planned runs of a variant, and those asked for by hand. */
  runs(variant: string): readonly SeedRun[];
  /** Whether the profile runs the variant, or it was run by hand. */
  has(variant: string): boolean;
  /** Name of the variant's loss, which gives its colour. */
  family(variant: string): string;
  cell(variant: string, metric: MetricName): MeasuredCell | 'missing';
}

export function reportSource(experiment: Experiment, profile: ProfileName): ReportSource {
  const store = openRunStore(experiment.id, profile);
  const found = store.survey();
  const planned = variantRuns(experiment, profile, found);
  const all = new Map<string, readonly SeedRun[]>(
    Object.keys(experiment.variants).map((name) => {
      const own = planned.get(name) ?? [];
      return [name, [...own, ...extraRuns(experiment, profile, name, found, own)]];
    }),
  );
  const runs = (variant: string): readonly SeedRun[] => all.get(variant) ?? [];
  return {
    experiment,
    profile,
    store,
    damaged: found.damaged,
    runs,
    has: (variant) => runs(variant).length > 0,
    family: (variant) => configOf(experiment, variant, profile).loss.name,
    cell: (variant, metric) => measuredCell(runs(variant), metric),
  };
}

/** A metric of a variant over its seeds, as tables print it. */
export function measuredCell(runs: readonly SeedRun[], metric: MetricName): MeasuredCell | 'missing' {
  const { mean, low, high, sd, perSeed, stale, edited, failed } = summarise(runs, metric);
  const count = (state: SeedRun['state']) => runs.filter((run) => run.state === state).length;
  if (runs.length === count('missing')) return 'missing';
  return {
    mean: mean ?? Number.NaN,
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    ...(sd === undefined ? {} : { sd }),
    seeds: count('done') + count('diverged'),
    planned: runs.length,
    perSeed,
    diverged: count('diverged'),
    stale,
    edited,
    failed,
  };
}
