import * as tf from '@tensorflow/tfjs';
import { randomStream, startEngine } from '@hypersphere/engine';
import { prepareRun } from '@hypersphere/training';

import type { StepSize } from './item';

interface Settings extends StepSize {
  readonly mode: 'recorded' | 'eager' | 'stock';
}

const WARM_UP = 4;
/** Kernels of ours, without which the composites of stock ops run. */
const OURS = ['BatchNormTraining', 'SparseSoftmaxCrossEntropy', 'MomentumUpdate', 'AdamUpdate'];

/** Times training steps on one batch; the loss of each is read, as a training does. */
async function main({ width, side, batch, classes, embeddingDim, threads, steps, mode }: Settings): Promise<void> {
  const { tensorflow } = await startEngine({ threads });
  if (mode === 'stock') for (const name of OURS) tf.unregisterKernel(name, 'tensorflow');
  const run = await prepareRun(
    {
      config: {
        backbone: { name: 'small-resnet', width, embeddingDim },
        loss: { name: 'arcface' },
        optimiser: { name: 'sgd', learningRate: 0.01, momentum: 0.9 },
        schedule: { steps: 1, batchSize: batch, learningRate: { kind: 'constant' }, batchNormMomentum: 0.9 },
      },
      mode: mode === 'recorded' ? 'recorded' : 'eager',
      seed: 0,
      data: images({ side, classes, count: Math.max(batch, classes) }),
    },
    {},
  );
  const inputs = await run.feed(0);
  const milliseconds: number[] = [];
  for (let step = -WARM_UP; step < steps; step++) {
    const start = performance.now();
    const { state, ...rest } = run.runStep(run.state, inputs);
    rest.loss.dataSync();
    tf.dispose([run.state, rest]);
    run.state = state;
    if (step >= 0) milliseconds.push(performance.now() - start);
  }
  console.log(JSON.stringify({ milliseconds, versions: [`node ${process.versions.node}`, `tfjs ${tf.version['tfjs-core']}`, `TensorFlow ${tensorflow}`] }));
}

function images({ side, classes, count }: { side: number; classes: number; count: number }) {
  const stream = randomStream(0, 'generated-data', 'bench');
  const pixels = new Uint8Array(count * side * side).map(() => Math.floor(256 * stream.uniform()));
  return { images: pixels, labels: Int32Array.from({ length: count }, (_, at) => at % classes), height: side, width: side, channels: 1, classes };
}

void main(JSON.parse(process.argv[2] ?? '{}') as Settings);
