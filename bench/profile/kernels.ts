import * as tf from '@tensorflow/tfjs';
import { startEngine } from '@hypersphere/engine';
import { prepareRun } from '@hypersphere/training';

import { madeImages } from '../made-images';
import { kernelClock, type KernelTime } from './kernel-clock';
import { profileSizes } from './sizes';

export interface StepTimes {
  readonly milliseconds: number;
  readonly kernels: readonly KernelTime[];
}

export interface KernelsMeasured {
  readonly steps: readonly StepTimes[];
  readonly versions: readonly string[];
}

interface Settings {
  readonly size: string;
  /** Before: with the ops of tfjs alone. After: with our kernels and gradients. */
  readonly side: 'before' | 'after';
}

const WARM_UP = 3;
/** Ops of ours, without which the composites of stock ops run. */
const ADDED = ['BatchNormTraining', 'SparseSoftmaxCrossEntropy', 'MomentumUpdate', 'AdamUpdate'];
/** Ops whose gradient is ours. */
const REPLACED = ['Relu', 'Prelu'];

/** Times the kernels of eager steps, the feed left out. */
async function main({ size: id, side }: Settings): Promise<KernelsMeasured> {
  const size = profileSizes().find((one) => one.id === id);
  if (size === undefined) throw new RangeError(`no size ${id}`);
  const stock = REPLACED.map((name) => tf.getGradient(name));
  const { tensorflow } = await startEngine({ threads: size.threads });
  if (side === 'before') {
    for (const name of ADDED) tf.unregisterKernel(name, 'tensorflow');
    stock.forEach(tf.registerGradient);
  }
  const run = await prepareRun({ config: size.config, mode: 'eager', seed: 0, data: madeImages({ side: size.side, classes: size.classes, count: Math.max(size.config.schedule.batchSize, size.classes) }) }, {});
  const inputs = await run.feed(0);
  const take = kernelClock();
  const steps: StepTimes[] = [];
  for (let step = -WARM_UP; step < size.steps; step++) {
    const start = performance.now();
    const { state, ...rest } = run.runStep(run.state, inputs);
    rest.loss.dataSync();
    tf.dispose([run.state, rest]);
    run.state = state;
    const times = { milliseconds: performance.now() - start, kernels: take() };
    if (step >= 0) steps.push(times);
  }
  return { steps, versions: [`node ${process.versions.node}`, `tfjs ${tf.version['tfjs-core']}`, `TensorFlow ${tensorflow}`] };
}

void main(JSON.parse(process.argv[2] ?? '{}') as Settings).then((measured) => console.log(JSON.stringify(measured)));
