import { print } from './print';
import { runName } from './run-name';
import type { RunOutcome } from './scheduler';

export interface Failure {
  readonly id: string;
  readonly message: string;
}

/** Runs that left no result although nobody stopped the command, by name. */
export function failedRuns(outcomes: readonly RunOutcome[]): Failure[] {
  return outcomes
    .filter(({ status }) => status === 'failed' || status === 'error' || status === 'interrupted')
    .map(({ run, status, message }) => ({
      id: runName(run),
      message: message ?? (status === 'interrupted' ? 'its process was stopped; run the same command again' : 'no message'),
    }));
}

/** Names every failure on a line; the exit code. */
export function reportFailures(failures: readonly Failure[]): number {
  for (const { id, message } of failures) print(`FAILED ${id}: ${message}`);
  return failures.length === 0 ? 0 : 1;
}
