import { configOf, planExperiment } from '../plan';
import type { Experiment, ProfileName } from '../define-experiment';
import { identify } from '../run-identity';
import type { RunRecord } from '../run-record';

/** What the store holds for one seed of a variant. */
export interface SeedRun {
  readonly seed: number;
  readonly id: string;
  /** `stale`: a record of that variant and seed whose config, data manifest or training version is no longer the plan's. */
  readonly state: 'done' | 'diverged' | 'failed' | 'missing' | 'stale';
  readonly record?: RunRecord;
}

/** The planned runs of every variant of a profile, with what the store holds of them. */
export function variantRuns(experiment: Experiment, profile: ProfileName, store: ReadonlyMap<string, RunRecord>): ReadonlyMap<string, readonly SeedRun[]> {
  const planned = planExperiment(experiment, { profile });
  const found = new Map<string, SeedRun[]>();
  for (const run of planned) {
    for (const variant of run.uses.flatMap((use) => use.variants)) {
      found.set(variant, [...(found.get(variant) ?? []), seedRun(variant, run.seed, run.id, store)]);
    }
  }
  return found;
}

/** Runs of a variant that were asked for by hand (`--only`, `--seeds`) beyond the profile's plan. */
export function extraRuns(experiment: Experiment, profile: ProfileName, variant: string, store: ReadonlyMap<string, RunRecord>, planned: readonly SeedRun[]): SeedRun[] {
  const config = configOf(experiment, variant, profile);
  const seeds = new Set([...store.values()].filter((record) => record.variants.includes(variant)).map((record) => record.seed));
  return [...seeds]
    .filter((seed) => planned.every((run) => run.seed !== seed))
    .sort((a, b) => a - b)
    .map((seed) => seedRun(variant, seed, identify(config, seed).id, store))
    .filter((run) => run.state !== 'stale');
}

function seedRun(variant: string, seed: number, id: string, store: ReadonlyMap<string, RunRecord>): SeedRun {
  const record = store.get(id);
  if (record !== undefined) return { seed, id, state: record.status, record };
  const old = [...store.values()].some((other) => other.seed === seed && other.variants.includes(variant));
  return { seed, id, state: old ? 'stale' : 'missing' };
}
