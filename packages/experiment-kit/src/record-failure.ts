import { TRAINING_VERSION } from '@hypersphere/training';

import { share } from './commands/train-plan';
import { codeState, machine } from './environment';
import { RECORD_FORMAT, sealRecord } from './run-record';
import type { ToWorker } from './worker-messages';
import { WORKSPACE } from './workspace';

/** Stores that a run failed, with the message and the frames of our own code; `reproduce` tries it again. */
export async function recordFailure({ run, profile, results }: ToWorker, error: unknown): Promise<string> {
  const message = describe(error);
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
  await share(run, record, profile, results);
  return message;
}

/** The message, and the frames inside the repository by their relative paths. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => line.includes(`${WORKSPACE}/`) && !line.includes('node_modules'))
    .map((line) => line.trim().replaceAll(`${WORKSPACE}/`, ''));
  return [error.message.replaceAll(`${WORKSPACE}/`, ''), ...frames.slice(0, 5)].join('\n');
}
