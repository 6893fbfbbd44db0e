import { isOf, type Damaged } from '../damaged-record';
import { configOf, planExperiment } from '../plan';
import type { Experiment, ProfileName } from '../define-experiment';
import { identify } from '../run-identity';
import type { RunRecord } from '../run-record';
import type { Survey } from '../run-store';

/** What the store holds for one seed of a variant. */
export interface SeedRun {
  readonly seed: number;
  readonly id: string;
  /**
   * `stale`: a record of that variant and seed whose config, data manifest or training version is no longer the plan's.
   * `edited`: a record that does not match its own digest, id or place, or is cut off.
   */
  readonly state: 'done' | 'diverged' | 'failed' | 'missing' | 'stale' | 'edited';
  readonly record?: RunRecord;
  /** Where `stale`: what the store has instead. */
  readonly old?: RunRecord;
  /** Where `edited`: what was found. */
  readonly damage?: Damaged;
}

/** The planned runs of every variant of a profile, with what the store holds of them. */
export function variantRuns(experiment: Experiment, profile: ProfileName, store: Survey): ReadonlyMap<string, readonly SeedRun[]> {
  const planned = planExperiment(experiment, { profile });
  const found = new Map<string, SeedRun[]>();
  for (const run of planned) {
    for (const variant of run.uses.flatMap((use) => use.variants)) {
      found.set(variant, [...(found.get(variant) ?? []), seedRun({ variant, ...run }, store)]);
    }
  }
  return found;
}

/** Runs of a variant that were asked for by hand (`--only`, `--seeds`) beyond the profile's plan. */
export function extraRuns(experiment: Experiment, profile: ProfileName, variant: string, store: Survey, planned: readonly SeedRun[]): SeedRun[] {
  const config = configOf(experiment, variant, profile);
  const seeds = new Set([...store.records.values()].filter((record) => record.variants.includes(variant)).map((record) => record.seed));
  return [...seeds]
    .filter((seed) => planned.every((run) => run.seed !== seed))
    .sort((a, b) => a - b)
    .map((seed) => seedRun({ variant, seed, id: identify(config, seed).id }, store))
    .filter((run) => run.state !== 'stale');
}

/** What the store holds of one planned run. */
export function seedRun({ variant, seed, id }: { readonly variant: string; readonly seed: number; readonly id: string }, { records, damaged }: Survey): SeedRun {
  const record = records.get(id);
  if (record !== undefined) return { seed, id, state: record.status, record };
  const damage = damaged.find((one) => isOf(one, { id, seed, variant }));
  if (damage !== undefined) return { seed, id, state: 'edited', damage };
  const old = [...records.values()].find((other) => other.seed === seed && other.variants.includes(variant));
  return old === undefined ? { seed, id, state: 'missing' } : { seed, id, state: 'stale', old };
}
