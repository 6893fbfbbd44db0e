import { program } from 'commander';
import * as tf from '@tensorflow/tfjs';
import { startEngine } from '@hypersphere/engine';
import { prepareRun } from '@hypersphere/training';

import { madeImages } from '../made-images';

const EVERY = 500;
const SIDE = 16;
const CLASSES = 20;

interface Options {
  readonly steps: string;
  readonly precision: 'float32' | 'bfloat16';
}

/** Runs recorded steps on new batches, and prints tensors and resident memory every 500 of them; both must stay level. */
async function main({ steps, precision }: Options): Promise<void> {
  await startEngine({ threads: 1 });
  const run = await prepareRun(
    {
      config: {
        backbone: { name: 'small-resnet', width: 4, embeddingDim: 16 },
        loss: { name: 'arcface' },
        optimiser: { name: 'adam', learningRate: 1e-3 },
        schedule: { steps: Number(steps), batchSize: 16, learningRate: { kind: 'constant' }, batchNormMomentum: 0.9 },
      },
      precision,
      seed: 0,
      data: madeImages({ count: 200, side: SIDE, classes: CLASSES }),
    },
    {},
  );
  for (; run.step < Number(steps); run.step++) {
    if (run.step % EVERY === 0) tell(run.step);
    const inputs = await run.feed(run.step);
    const { state, ...rest } = run.runStep(run.state, inputs);
    rest.loss.dataSync();
    tf.dispose([run.state, inputs, rest]);
    run.state = state;
  }
  tell(run.step);
}

function tell(step: number): void {
  globalThis.gc?.(); // with node --expose-gc
  console.log(`step ${String(step).padStart(6)}  ${tf.memory().numTensors} tensors  ${(process.memoryUsage.rss() / 2 ** 20).toFixed(1)} MiB resident`);
}

program
  .name('node --expose-gc -r ./tools/register.cjs bench/memory/steps.ts')
  .option('--steps <n>', 'steps to run', '5000')
  .option('--precision <name>', 'float32 or bfloat16', 'float32')
  .action(main)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
