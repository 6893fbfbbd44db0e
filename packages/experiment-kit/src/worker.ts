import { HypersphereError } from '@hypersphere/engine';

import { executeRun } from './execute-run';
import { recordFailure } from './record-failure';
import type { FromWorker, ToWorker } from './worker-messages';

/**
 * One run in a process of its own, so that a crash or a leak ends one run and not the sweep.
 * The parent sends the job; SIGINT, SIGTERM and SIGHUP stop it after the current step, with a checkpoint.
 */
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
process.on('disconnect', () => stop.abort());

process.once('message', (job: ToWorker) => {
  void work(job).finally(() => process.disconnect?.());
});

async function work(job: ToWorker): Promise<void> {
  try {
    const outcome = await executeRun(job.run, {
      profile: job.profile,
      results: job.results,
      fresh: job.fresh,
      signal: stop.signal,
      onProgress: (progress) => send({ kind: 'progress', progress }),
    });
    send(outcome === 'interrupted' ? { kind: 'interrupted' } : { kind: 'done', status: outcome.status, ...(outcome.message === undefined ? {} : { message: outcome.message }) });
  } catch (error) {
    // What the user can mend (a full disk, no network) is no result; anything else is recorded as a failed run.
    if (error instanceof HypersphereError) send({ kind: 'error', message: error.message });
    else send({ kind: 'done', status: 'failed', message: await recordFailure(job, error) });
  }
}

function send(message: FromWorker): void {
  if (process.connected) process.send?.(message);
}
