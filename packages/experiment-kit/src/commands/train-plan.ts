import os from 'node:os';
import { loadData, preparationOf } from '@hypersphere/data';
import { provisionEngine } from '@hypersphere/engine';

import { findElsewhere, openRunStore } from '../run-store';
import type { PlannedRun } from '../plan';
import { progressView } from '../progress-view';
import { renameRecord } from '../run-record';
import { trainRuns, type RunOutcome } from '../scheduler';
import { RESULTS } from '../workspace';

export interface TrainPlanOptions {
  readonly profile: string;
  readonly jobs?: number;
  readonly fresh?: boolean;
  readonly signal: AbortSignal;
  readonly resume: string;
}

export const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** The runs of a plan that no store has yet; what another paper of the profile has is copied. */
export async function lacking(runs: readonly PlannedRun[], profile: string, fresh = false): Promise<PlannedRun[]> {
  if (fresh) return [...runs];
  const missing: PlannedRun[] = [];
  for (const run of runs) {
    const found = findElsewhere(run.id, profile);
    if (found === undefined || found.status === 'failed') missing.push(run);
    else await share(run, found, profile);
  }
  return missing;
}

/** Writes the record to the store of each paper that uses the run, under the names that the paper gives it. */
export async function share(run: PlannedRun, record: Parameters<typeof renameRecord>[0], profile: string, results = RESULTS): Promise<void> {
  for (const { paper, variants } of run.uses) {
    const store = openRunStore(paper, profile, results);
    const stored = store.read().get(run.id);
    const names = [...new Set([...(stored?.variants ?? []), ...variants])].sort();
    const renamed = renameRecord(record, names);
    if (stored?.digest !== renamed.digest) await store.write(renamed);
  }
}

/** Provisions the engine, prepares the data and trains the runs; nothing of it happens if the list is empty. */
export async function trainPlan(runs: readonly PlannedRun[], options: TrainPlanOptions): Promise<RunOutcome[]> {
  if (runs.length === 0) return [];
  await provisionEngine({ log: print });
  for (const data of distinctData(runs)) {
    if (!(await preparationOf(data)).ready) await loadData(data, { log: print });
  }
  const jobs = options.jobs ?? defaultJobs(runs);
  print(`Training ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}, ${jobs} at a time. Ctrl-C saves and stops; ${options.resume} continues.`);
  const view = progressView(runs.length, print, process.stdout.isTTY);
  try {
    return await trainRuns(runs, { ...options, results: RESULTS, jobs, fresh: options.fresh ?? false, view });
  } finally {
    view.stop();
  }
}

/** As many runs at a time as their threads have cores. */
export function defaultJobs(runs: readonly PlannedRun[]): number {
  const threads = Math.max(1, ...runs.map((run) => run.config.execution.threads));
  return Math.max(1, Math.floor(os.availableParallelism() / threads));
}

export function distinctData(runs: readonly PlannedRun[]): PlannedRun['config']['data'][] {
  return [...new Map(runs.map((run) => [run.manifestDigest, run.config.data])).values()];
}
