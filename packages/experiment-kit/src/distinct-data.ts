import type { PlannedRun } from './plan';

/** Every data config that the runs use, once. */
export function distinctData(runs: readonly PlannedRun[]): PlannedRun['config']['data'][] {
  return [...new Map(runs.map((run) => [run.manifestDigest, run.config.data])).values()];
}
