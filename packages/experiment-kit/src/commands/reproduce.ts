import { HypersphereError } from '@hypersphere/engine';

import { chooseExperiments } from '../choose-experiments';
import type { ProfileName } from '../define-experiment';
import { printEstimate } from '../estimate';
import { interruption } from '../interruption';
import { mergeRuns, planExperiment } from '../plan';
import { writeReport } from '../report/write-report';
import { writeSummary } from '../report/write-summary';
import type { RunOutcome } from '../scheduler';
import { lacking, print, trainPlan } from './train-plan';

export interface ReproduceOptions {
  readonly all?: boolean;
  readonly profile: ProfileName;
  readonly seeds?: readonly number[];
  readonly only?: readonly string[];
  readonly jobs?: number;
  readonly dryRun?: boolean;
  readonly fresh?: boolean;
}

/** `<paper>:reproduce` and `experiment:reproduce`: plan, train what is lacking, evaluate, report, summarise. */
export async function reproduce(id: string | undefined, options: ReproduceOptions): Promise<number> {
  const chosen = chooseExperiments(id, options.all);
  const runs = mergeRuns(chosen.loaded.flatMap(({ experiment }) => planExperiment(experiment, options)));
  if (options.dryRun === true) {
    await printEstimate(runs, options, print);
    return 0;
  }
  const signal = interruption();
  const missing = await lacking(runs, options.profile, options.fresh);
  print(`${options.profile}: ${runs.length} runs planned, ${runs.length - missing.length} stored, ${missing.length} to train.`);
  const outcomes = await trainPlan(missing, { ...options, signal, resume: 'the same command' });

  const failures = [...chosen.broken, ...failedRuns(outcomes)];
  const reports = [];
  for (const loaded of chosen.loaded) {
    try {
      reports.push(await writeReport(loaded, options.profile));
    } catch (error) {
      if (!(error instanceof HypersphereError)) throw error;
      failures.push({ id: loaded.experiment.id, message: error.message });
    }
  }
  await writeSummary(reports, { profile: options.profile, all: options.all === true, print });
  for (const { id: name, message } of failures) print(`FAILED ${name}: ${message}`);
  if (signal.aborted) {
    print('Interrupted: everything up to the last step is saved; the same command continues.');
    return 130;
  }
  return failures.length === 0 ? 0 : 1;
}

function failedRuns(outcomes: readonly RunOutcome[]): { id: string; message: string }[] {
  return outcomes
    .filter(({ status }) => status === 'failed' || status === 'error')
    .map(({ run, message }) => ({ id: run.uses.map((use) => `${use.paper}/${use.variants.join('=')}`).join(', '), message: message ?? 'no message' }));
}
