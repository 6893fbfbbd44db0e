import { existsSync } from 'node:fs';
import { areRows, loadExamples, type DataConfig, type LoadedExamples } from '@hypersphere/data';
import { HypersphereError, startEngine } from '@hypersphere/engine';

import { named } from '../choose-experiments';
import type { ProfileName } from '../define-experiment';
import { checkpointFolder, engineOf, restoreRun } from '../execute-run';
import { loadExperiment } from '../load-experiment';
import { measure } from '../measure';
import { ownConfig, ownDataOf } from '../own-data';
import { planExperiment } from '../plan';
import { resolveRunConfig } from '../resolve-run-config';
import { printMetrics } from '../print-metrics';

/** A data set by its name, or images of the user's own, which are read from where the path says. */
function otherData(given: string, trained: DataConfig): DataConfig {
  const own = ownDataOf(given);
  if (own === undefined) return { name: given } as DataConfig;
  process.env['HYPERSPHERE_DATA'] = own.root;
  return ownConfig(own, trained);
}

/** Sets to be measured, with the training set of the run. */
function withTrain(measured: LoadedExamples, own: LoadedExamples): LoadedExamples {
  if (areRows(measured)) return areRows(own) ? { ...measured, train: own.train } : measured;
  return areRows(own) ? measured : { ...measured, train: own.train };
}

export interface EvaluateOptions {
  readonly variant: string;
  readonly seed: number;
  readonly profile: ProfileName;
  readonly data?: string;
  readonly split: string;
}

/** `<paper>:evaluate`: the checkpoint of one variant and seed, on its own data set or another; prints, records nothing. */
export async function evaluate(id: string | undefined, options: EvaluateOptions): Promise<number> {
  if (options.split !== 'test' && options.split !== 'validation') throw new HypersphereError(`--split: expected test or validation, received '${options.split}'`, { exitCode: 2 });
  const { experiment } = loadExperiment(named(id));
  const [run] = planExperiment(experiment, { profile: options.profile, only: [options.variant], seeds: [options.seed] });
  if (run === undefined || !existsSync(checkpointFolder(run))) {
    throw new HypersphereError(`${experiment.id}/${options.variant} seed ${options.seed}: no checkpoint in the cache. Train it first: npx nx run ${experiment.id}:train --variant="${options.variant}" --seed=${options.seed} --profile=${options.profile}`);
  }
  await startEngine(engineOf(run));
  const own = await loadExamples(run.config.data);
  const trained = await restoreRun(run, own);
  const evaluation = { ...run.config.evaluation, split: options.split } as const;
  const data = options.data === undefined ? run.config.data : otherData(options.data, run.config.data);
  const config = resolveRunConfig({ ...run.config, data, evaluation }, `${experiment.id}/${options.variant}`);
  const { metrics } = await measure(trained, options.data === undefined ? own : withTrain(await loadExamples(config.data), own), { ...run, config });
  printMetrics(metrics);
  return 0;
}
