import { startEngine } from '@hypersphere/engine';
import * as tf from '@tensorflow/tfjs';

import { hostTensors } from '../src/checkpoint/state-tensors';
import { prepareRun } from '../src/training-run';
import { generatedImages } from './generated-images';
import { trainingConfig } from './training-config';

/** Prints the state after three recorded steps and the digest of the run; the argument says whether with XLA. */
async function main(): Promise<void> {
  const { xla } = await startEngine({ threads: 1, xla: process.argv[2] === 'xla', provision: false });
  const run = await prepareRun({ config: trainingConfig(), seed: 3, data: generatedImages({ perClass: 10 }) }, {});
  for (; run.step < 3; run.step++) {
    const { state, ...rest } = run.runStep(run.state, await run.feed(run.step));
    tf.dispose(rest);
    run.state = state;
  }
  const values = Object.values(hostTensors(run.state)).flatMap((tensor) => Array.from(tensor.values));
  process.stdout.write(`${JSON.stringify({ xla, digest: run.digest, values })}\n`);
}

void main();
