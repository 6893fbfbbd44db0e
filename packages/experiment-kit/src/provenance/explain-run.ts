import { digestOf } from '../canonical-json';
import type { Experiment, ProfileName } from '../define-experiment';
import type { SeedRun } from '../report/variant-runs';
import { configOf } from '../plan';
import { identify } from '../run-identity';
import type { RunRecord } from '../run-record';
import type { UsedRun } from './cell';
import { recordPlaces } from './record-places';
import { canRepeat, repeatCommand, verifyCommand, type Repeat } from './repeat-command';
import { whyStale } from './why-stale';

/** One run as `explain` tells of it; plain JSON. */
export interface RunExplanation {
  readonly id: string;
  readonly seed: number;
  readonly variant: string;
  /** `sound`: the record matches its digest, and the run is the plan's. */
  readonly state: 'sound' | 'diverged' | 'failed' | 'missing' | 'stale' | 'edited';
  /** Why it is not sound. */
  readonly why: readonly string[];
  /** The record, of a stale run the one that is there instead. */
  readonly record?: RunRecord;
  readonly configDigest?: string;
  /** Papers that have the run, with the names they give it. */
  readonly names: readonly { readonly paper: string; readonly variants: readonly string[] }[];
  readonly files: readonly string[];
  /** What trains exactly this run again. */
  readonly repeat?: Repeat;
  /** What trains it again apart from the store, and compares. */
  readonly verify?: string;
}

export interface Context {
  readonly experiment: Experiment;
  readonly profile: ProfileName;
  readonly store: string;
}

export function explainRun({ variant, run }: UsedRun, context: Context): RunExplanation {
  const record = run.record ?? run.old;
  const base = { id: record?.id ?? run.id, seed: run.seed, variant, state: run.state === 'done' ? 'sound' : run.state, why: whyNot(variant, run, context) } as const;
  if (record === undefined) return { ...base, names: [], files: [], ...trainMissing(variant, run, context) };
  const places = recordPlaces(record.id, context.store);
  return {
    ...base,
    record,
    configDigest: digestOf(record.config),
    names: places.map((place) => ({ paper: place.paper, variants: place.record.variants })),
    files: places.find(({ paper }) => paper === context.experiment.id)?.files ?? places.flatMap(({ files }) => files),
    repeat: repeatCommand(record, context.experiment, context.profile),
    ...(canRepeat(record) && record.status !== 'failed' && { verify: verifyCommand(record, context.experiment.id, context.profile) }),
  };
}

function whyNot(variant: string, { state, record, old, damage, seed, id }: SeedRun, { experiment, profile }: Context): string[] {
  if (damage !== undefined) return [damage.message];
  if (state === 'missing') return ['no record of it in the store'];
  if (old === undefined) return record?.message === undefined ? [] : [record.message];
  const planned = Object.hasOwn(experiment.variants, variant) ? configOf(experiment, variant, profile) : undefined;
  const why = planned === undefined ? [] : whyStale(old, { config: planned, manifestDigest: identify(planned, seed).manifestDigest });
  return why.length === 0 ? [`the plan asks for run ${id}`] : why;
}

/** A missing or edited run has no record to repeat: what trains it is what the plan says. */
function trainMissing(variant: string, { seed, id }: SeedRun, { experiment, profile, store }: Context): Pick<RunExplanation, 'repeat'> {
  if (!Object.hasOwn(experiment.variants, variant)) return {};
  const config = configOf(experiment, variant, profile);
  if (identify(config, seed).id !== id) return {};
  return { repeat: repeatCommand({ id, seed, variants: [variant], config, profile: store }, experiment, profile) };
}
