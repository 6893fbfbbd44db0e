import os from 'node:os';

import type { PlannedRun } from './plan';

/** As many runs at a time as their threads have cores. */
export function defaultJobs(runs: readonly PlannedRun[]): number {
  const threads = Math.max(1, ...runs.map((run) => run.config.execution.threads));
  return Math.max(1, Math.floor(os.availableParallelism() / threads));
}
