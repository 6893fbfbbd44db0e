import { TRAINING_VERSION } from '@hypersphere/training';

import { describeError } from './describe-error';
import { codeState, machine } from './environment';
import { RECORD_FORMAT, sealRecord } from './run-record';
import { shareRecord } from './share-record';
import type { ToWorker } from './worker-messages';

/** Stores that a run failed, with the message and the frames of our own code; `reproduce` tries it again. */
export async function recordFailure({ run, profile, results }: ToWorker, error: unknown): Promise<string> {
  const message = describeError(error);
  const record = sealRecord({
    format: RECORD_FORMAT,
    id: run.id,
    profile,
    variants: [],
    seed: run.seed,
    config: run.config,
    trainingVersion: TRAINING_VERSION,
    manifestDigest: run.manifestDigest,
    packedDigest: '',
    status: 'failed',
    message,
    metrics: {},
    curve: [],
    series: {},
    steps: 0,
    seconds: 0,
    examplesPerSecond: 0,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    environment: { ...machine(), node: process.versions.node, tfjs: '', tensorflow: '', device: '', threads: run.config.execution.threads },
    ...codeState(),
  });
  await shareRecord(run, record, profile, results);
  return message;
}
