import { fork } from 'node:child_process';
import { join } from 'node:path';

import type { PlannedRun } from './plan';
import type { ProgressView } from './progress-view';
import type { RunRecord } from './run-record';
import type { FromWorker, ToWorker } from './worker-messages';

export interface ScheduleOptions {
  readonly profile: string;
  readonly results: string;
  readonly jobs: number;
  readonly fresh: boolean;
  readonly view: ProgressView;
  readonly signal: AbortSignal;
}

export interface RunOutcome {
  readonly run: PlannedRun;
  readonly status: RunRecord['status'] | 'interrupted' | 'error';
  readonly message?: string;
}

/** Trains runs in processes of their own, `jobs` at a time. After an abort no run is started; those under way save and stop. */
export async function trainRuns(runs: readonly PlannedRun[], options: ScheduleOptions): Promise<RunOutcome[]> {
  const waiting = [...runs];
  const outcomes: RunOutcome[] = [];
  const lane = async (): Promise<void> => {
    for (let run = waiting.shift(); run !== undefined && !options.signal.aborted; run = waiting.shift()) {
      options.view.start(run);
      const outcome = await trainInProcess(run, options);
      outcomes.push(outcome);
      options.view.finish(outcome);
      // What stopped one run (a full disk, no engine) would stop the next one too.
      if (outcome.status === 'error') waiting.length = 0;
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, options.jobs) }, lane));
  return outcomes;
}

function trainInProcess(run: PlannedRun, options: ScheduleOptions): Promise<RunOutcome> {
  const child = fork(join(__dirname, 'worker.ts'), {
    execArgv: ['-r', 'ts-node/register'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: process.env['TF_CPP_MIN_LOG_LEVEL'] ?? '3' },
  });
  const job: ToWorker = { run, profile: options.profile, results: options.results, fresh: options.fresh };
  child.send(job);
  const pass = () => child.kill('SIGTERM');
  options.signal.addEventListener('abort', pass, { once: true });
  let last = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (last = (last + text).slice(-2000)));

  return new Promise((resolve) => {
    let outcome: RunOutcome | undefined;
    child.on('message', (message: FromWorker) => {
      if (message.kind === 'progress') options.view.update(run, message.progress);
      else outcome = { run, status: message.kind === 'done' ? message.status : message.kind, ...messageOf(message) };
    });
    child.on('close', (code, signal) => {
      options.signal.removeEventListener('abort', pass);
      resolve(outcome ?? (options.signal.aborted ? { run, status: 'interrupted' } : { run, status: 'error', message: died(code, signal, last) }));
    });
  });
}

function messageOf(message: FromWorker): { message?: string } {
  return 'message' in message && message.message !== undefined ? { message: message.message } : {};
}

function died(code: number | null, signal: string | null, stderr: string): string {
  const how = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
  const tail = stderr.split('\n').filter((line) => line !== '' && !/oneDNN|absl::InitializeLog|ts-node|NODE_OPTIONS/.test(line)).slice(-3).join('\n');
  return `its process ${how}; run the same command again to continue from its last checkpoint${tail === '' ? '' : `\n${tail}`}`;
}
