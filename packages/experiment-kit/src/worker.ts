import { HypersphereError } from '@hypersphere/engine';

import { describeError, isFileError } from './describe-error';
import { executeRun } from './execute-run';
import { recordFailure } from './record-failure';
import type { FromWorker, ToWorker } from './worker-messages';

/**
 * One run in a process of its own, so that a crash or a leak ends one run and not the sweep.
 * The parent sends the job; SIGINT, SIGTERM and SIGHUP stop it after the current step, with a checkpoint; so does the parent's end.
 */
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
process.on('disconnect', () => stop.abort());

process.once('message', (job: ToWorker) => {
  // Someone else's lock may still be waited for: that must not keep the process alive.
  void work(job).then(send).then(() => process.exit(0));
});

async function work(job: ToWorker): Promise<FromWorker> {
  try {
    const outcome = await executeRun(job.run, {
      profile: job.profile,
      results: job.results,
      fresh: job.fresh,
      checkpoints: job.checkpoints,
      signal: stop.signal,
      onProgress: (progress) => void send({ kind: 'progress', progress }),
    });
    if (outcome === 'interrupted') return { kind: 'interrupted' };
    return { kind: 'done', status: outcome.status, ...(outcome.message === undefined ? {} : { message: outcome.message }) };
  } catch (error) {
    return failed(job, error);
  }
}

/** What the user can mend (a full disk, no network) is no result; anything else is recorded as a failed run. */
async function failed(job: ToWorker, error: unknown): Promise<FromWorker> {
  if (error instanceof HypersphereError || isFileError(error)) return { kind: 'error', message: error.message };
  try {
    return { kind: 'done', status: 'failed', message: await recordFailure(job, error) };
  } catch (second) {
    return { kind: 'error', message: `${describeError(error)}\nand that could not be recorded: ${describeError(second)}` };
  }
}

function send(message: FromWorker): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(message, () => resolve());
  });
}
