import { prepareData } from '@hypersphere/data';
import { provisionEngine } from '@hypersphere/engine';

import { defaultJobs } from '../default-jobs';
import { distinctData } from '../distinct-data';
import { howToResume } from '../how-to-resume';
import { unlessInterrupted } from '../interruption';
import type { PlannedRun } from '../plan';
import { print } from '../print';
import { progressView } from '../progress-view';
import { trainRuns, type RunOutcome } from '../scheduler';
import { RESULTS } from '../workspace';

export interface TrainPlanOptions {
  readonly profile: string;
  readonly jobs?: number;
  readonly fresh?: boolean;
  readonly signal: AbortSignal;
  /** Where to, instead of the results and the cache; nothing of it is kept for another command. */
  readonly apart?: { readonly results: string; readonly checkpoints: string };
}

/** Provisions the engine, prepares the data and trains the runs; nothing of it happens if the list is empty. */
export async function trainPlan(runs: readonly PlannedRun[], options: TrainPlanOptions): Promise<RunOutcome[]> {
  if (runs.length === 0) return [];
  await unlessInterrupted(options.signal, prepare(runs));
  if (options.signal.aborted) return [];
  const jobs = Math.min(options.jobs ?? defaultJobs(runs), runs.length);
  print(`Training ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}, ${jobs} at a time. Ctrl-C ${options.apart === undefined ? `saves and stops; ${howToResume(options.fresh)}` : 'stops; nothing stored is touched'}.`);
  const view = progressView(runs.length, print, process.stdout.isTTY);
  const outcomes = await trainRuns(runs, { profile: options.profile, signal: options.signal, results: RESULTS, ...options.apart, jobs, fresh: options.fresh ?? false, view }).finally(() => view.stop());
  const left = runs.length - outcomes.length;
  if (left > 0 && !options.signal.aborted) print(`${left} ${left === 1 ? 'run was' : 'runs were'} not started, since those before ended without a record.`);
  return outcomes;
}

async function prepare(runs: readonly PlannedRun[]): Promise<void> {
  await provisionEngine({ log: print });
  for (const data of distinctData(runs)) await prepareData(data, { log: print });
}
