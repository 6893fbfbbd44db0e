import * as tf from '@tensorflow/tfjs';
import type { BackboneConfig } from '@hypersphere/backbones';
import { startEngine } from '@hypersphere/engine';
import { prepareRun } from '@hypersphere/training';

import { madeImages } from '../made-images';
import type { StepSize } from './item';

interface Settings extends StepSize {
  readonly mode: 'recorded' | 'eager' | 'stock';
  readonly precision: 'float32' | 'bfloat16';
  readonly xla?: boolean;
}

const WARM_UP = 4;
/** Kernels of ours, without which the composites of stock ops run. */
const OURS = ['BatchNormTraining', 'SparseSoftmaxCrossEntropy', 'MomentumUpdate', 'AdamUpdate'];

/** Times training steps on one batch; the loss of each is read, as a training does. */
async function main(settings: Settings): Promise<void> {
  const { batch, classes, threads, steps, mode, precision, xla } = settings;
  const { tensorflow } = await startEngine({ threads, xla });
  if (mode === 'stock') for (const name of OURS) tf.unregisterKernel(name, 'tensorflow');
  const run = await prepareRun(
    {
      config: {
        backbone: backboneOf(settings),
        loss: { name: 'arcface' },
        optimiser: { name: 'sgd', learningRate: 0.01, momentum: 0.9 },
        schedule: { steps: 1, batchSize: batch, learningRate: { kind: 'constant' }, batchNormMomentum: 0.9 },
      },
      mode: mode === 'recorded' ? 'recorded' : 'eager',
      precision,
      seed: 0,
      data: madeImages({ ...settings, count: Math.max(batch, classes) }),
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

function backboneOf({ network, width, embeddingDim }: StepSize): BackboneConfig {
  if (network === 'small-resnet') return { name: 'small-resnet', width, embeddingDim };
  return { name: 'iresnet', depth: 18, width, embeddingDim, dropout: 0 };
}

void main(JSON.parse(process.argv[2] ?? '{}') as Settings);
