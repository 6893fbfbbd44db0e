import { HypersphereError } from '@hypersphere/engine';

import { exportBackbone } from '../export-backbone';
import { interruption } from '../interruption';
import { loadExperiment } from '../load-experiment';
import { planExperiment } from '../plan';
import type { ProfileName } from '../define-experiment';
import { openRunStore } from '../run-store';
import { lacking, print, trainPlan } from './train-plan';

export interface TrainOptions {
  readonly variant: string;
  readonly seed: number;
  readonly profile: ProfileName;
  readonly fresh?: boolean;
  readonly export?: string;
}

/** `<paper>:train`: one variant, one seed. */
export async function train(id: string | undefined, options: TrainOptions): Promise<number> {
  if (id === undefined) throw new HypersphereError('name an experiment', { exitCode: 2 });
  const { experiment } = loadExperiment(id);
  const [run] = planExperiment(experiment, { profile: options.profile, only: [options.variant], seeds: [options.seed] });
  if (run === undefined) throw new HypersphereError(`${id}: nothing to train`);
  const signal = interruption();
  const missing = await lacking([run], options.profile, options.fresh);
  const [outcome] = await trainPlan(missing, { ...options, signal, resume: 'the same command' });
  if (signal.aborted) return 130;
  const record = openRunStore(id, options.profile).read().get(run.id);
  if (record === undefined) {
    print(`FAILED ${options.variant} seed ${options.seed}: ${outcome?.message ?? 'no record was written'}`);
    return 1;
  }
  for (const [name, { value, low, high }] of Object.entries(record.metrics)) {
    print(`${name.padEnd(44)} ${value.toFixed(4)}${low === undefined || high === undefined ? '' : `  [${low.toFixed(4)}, ${high.toFixed(4)}]`}`);
  }
  print(`Record: ${run.id} (${record.status}) in results/${id}/${options.profile}/runs.jsonl`);
  if (options.export !== undefined) await exportBackbone(run, options.export, print);
  return record.status === 'failed' ? 1 : 0;
}
