import { fork } from 'node:child_process';
import { join } from 'node:path';

import type { PlannedRun } from './plan';
import type { ProgressView } from './progress-view';
import type { RunRecord } from './run-record';
import type { FromWorker, ToWorker } from './worker-messages';
import { WORKSPACE } from './workspace';

export interface ScheduleOptions {
  readonly profile: string;
  readonly results: string;
  readonly jobs: number;
  readonly fresh: boolean;
  /** Folder of checkpoints instead of the cache's. */
  readonly checkpoints?: string | undefined;
  readonly view: ProgressView;
  readonly signal: AbortSignal;
}

export interface RunOutcome {
  readonly run: PlannedRun;
  /** `error`: nothing was recorded. */
  readonly status: RunRecord['status'] | 'interrupted' | 'error';
  readonly message?: string;
}

/** So many runs without a record, one after the other, and the next would meet the same (a full disk, no engine). */
const ERRORS_IN_A_ROW = 2;

/** Trains runs in processes of their own, `jobs` at a time. After an abort no run is started; those under way save and stop. */
export async function trainRuns(runs: readonly PlannedRun[], options: ScheduleOptions): Promise<RunOutcome[]> {
  const waiting = [...runs];
  const outcomes: RunOutcome[] = [];
  let errors = 0;
  const lane = async (): Promise<void> => {
    while (!options.signal.aborted && errors < ERRORS_IN_A_ROW) {
      const run = waiting.shift();
      if (run === undefined) return;
      options.view.start(run);
      const outcome = await trainInProcess(run, options);
      outcomes.push(outcome);
      options.view.finish(outcome);
      errors = outcome.status === 'error' ? errors + 1 : 0;
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, options.jobs) }, lane));
  return outcomes;
}

function trainInProcess(run: PlannedRun, options: ScheduleOptions): Promise<RunOutcome> {
  const child = fork(join(__dirname, 'worker.ts'), {
    execArgv: ['-r', join(WORKSPACE, 'tools/register.cjs')],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: process.env['TF_CPP_MIN_LOG_LEVEL'] ?? '3' },
  });
  const job: ToWorker = { run, profile: options.profile, results: options.results, fresh: options.fresh, checkpoints: options.checkpoints };
  // A process that ends before it has read its job is told of by its end.
  child.send(job, () => undefined);
  const pass = () => child.kill('SIGTERM');
  options.signal.addEventListener('abort', pass, { once: true });
  let last = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (last = (last + text).slice(-2000)));

  return new Promise((resolve) => {
    let outcome: RunOutcome | undefined;
    const end = (otherwise: RunOutcome) => {
      options.signal.removeEventListener('abort', pass);
      resolve(outcome ?? otherwise);
    };
    child.on('message', (message: FromWorker) => {
      if (message.kind === 'progress') options.view.update(run, message.progress);
      else outcome = { run, status: message.kind === 'done' ? message.status : message.kind, ...messageOf(message) };
    });
    child.on('error', (error) => {
      if (child.pid === undefined) end({ run, status: 'error', message: `its process could not be started: ${error.message}` });
    });
    child.on('close', (code, signal) => {
      end(options.signal.aborted ? { run, status: 'interrupted' } : { run, status: 'error', message: died(code, signal, last) });
    });
  });
}

function messageOf(message: FromWorker): { message?: string } {
  return 'message' in message && message.message !== undefined ? { message: message.message } : {};
}

function died(code: number | null, signal: string | null, stderr: string): string {
  const how = signal === null ? `ended with code ${code}` : `was ended by ${signal}${signal === 'SIGKILL' ? ' (out of memory?)' : ''}`;
  const tail = stderr.split('\n').filter((line) => line !== '' && !/oneDNN|absl::InitializeLog|NODE_OPTIONS/.test(line)).slice(-3).join('\n');
  return `its process ${how}; run the same command again to continue from its last checkpoint${tail === '' ? '' : `\n${tail}`}`;
}
