import { relative } from 'node:path';
import { HypersphereError } from '@hypersphere/engine';
import type { Precision } from '@hypersphere/engine/recording';

import { named } from '../choose-experiments';
import type { ProfileName } from '../define-experiment';
import { exportBackbone } from '../export-backbone';
import { failedRuns, reportFailures } from '../failures';
import { howToResume } from '../how-to-resume';
import { INTERRUPTED, interruption } from '../interruption';
import { copyShared, lacking } from '../lacking';
import { loadExperiment } from '../load-experiment';
import { resolveExecution } from '../resolve-run-config';
import { planExperiment, type PlannedRun } from '../plan';
import { print } from '../print';
import { printMetrics } from '../print-metrics';
import { identify } from '../run-identity';
import { checkWritable, openRunStore } from '../run-store';
import { WORKSPACE } from '../workspace';
import { importWeights } from '../trunk-weights';
import { trainPlan } from './train-plan';

export interface TrainOptions {
  readonly variant: string;
  readonly seed: number;
  readonly profile: ProfileName;
  readonly fresh?: boolean;
  readonly eager?: boolean;
  readonly precision?: Precision;
  readonly xla?: true;
  readonly export?: string;
  readonly weights?: string;
}

/** `<paper>:train`: one variant, one seed. */
export async function train(id: string | undefined, options: TrainOptions): Promise<number> {
  const { experiment } = loadExperiment(named(id));
  const [planned] = planExperiment(experiment, { profile: options.profile, only: [options.variant], seeds: [options.seed] });
  const inMode = planned === undefined ? undefined : withExecution(planned, options);
  const run = options.weights === undefined || inMode === undefined ? inMode : await startingFrom(options.weights, inMode);
  if (run === undefined) throw new HypersphereError(`${experiment.id}: nothing to train`);
  const signal = interruption();
  await checkWritable(experiment.id, options.profile);
  const plan = lacking([run], options.profile, options.fresh);
  await copyShared(plan, options.profile);
  const outcomes = await trainPlan(plan.missing, { ...options, signal });
  if (signal.aborted) {
    print(`Interrupted: everything up to the last step is saved; ${howToResume(options.fresh)}.`);
    return INTERRUPTED;
  }
  const failures = failedRuns(outcomes);
  if (failures.length > 0) return reportFailures(failures);
  const store = openRunStore(experiment.id, options.profile);
  const record = store.find(run.id);
  if (record === undefined) throw new HypersphereError(`${experiment.id}/${options.variant} seed ${options.seed}: trained, but its record is gone; run the same command again`);
  printMetrics(record.metrics);
  print(`Steps: ${record.steps} in ${record.seconds} s${record.waitSeconds === undefined ? '' : `, ${percent(record.waitSeconds / record.seconds)} of it waiting for batches`}`);
  print(`Record: ${run.id} (${record.status}${record.message === undefined ? '' : `: ${record.message}`}) in ${relative(WORKSPACE, store.folder)}/runs.jsonl`);
  if (options.export !== undefined) await exportBackbone(run, options.export, print);
  return 0;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** The same run with a trunk that starts from a file: another run, whose identity has the file's digest. */
async function startingFrom(path: string, run: PlannedRun): Promise<PlannedRun> {
  const { backbone, unused } = await importWeights(path, run.config.backbone);
  if (unused.length > 0) print(`--weights: ${unused.length} names have no place in ${backbone.name} and are left out: ${unused.join(', ')}`);
  const config = { ...run.config, backbone };
  return { ...run, ...identify(config, run.seed), config };
}

/** The same run with its steps executed in another way: another run, since its bits differ. */
function withExecution(run: PlannedRun, { eager, precision, xla }: TrainOptions): PlannedRun {
  const wanted = { ...run.config.execution, ...(eager === true ? { mode: 'eager' as const } : {}), ...(precision === undefined ? {} : { precision }), ...(xla === undefined ? {} : { xla }) };
  const config = { ...run.config, execution: resolveExecution(wanted, 'train') };
  return { ...run, ...identify(config, run.seed), config };
}
