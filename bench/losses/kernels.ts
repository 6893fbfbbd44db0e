import * as tf from '@tensorflow/tfjs';

import { kernelClock } from '../profile/kernel-clock';
import type { StepTimes } from '../profile/kernels';
import { madeCall, type Settings } from './made-call';

const WARM_UP = 5;

/** Times the kernels of loss and gradients, run op by op. */
async function main(settings: Settings): Promise<readonly StepTimes[]> {
  const { call } = await madeCall({ ...settings, mode: 'eager' });
  const take = kernelClock();
  const calls: StepTimes[] = [];
  for (let repeat = -WARM_UP; repeat < settings.repeats; repeat++) {
    const start = performance.now();
    const { value, gradients, state } = call();
    value.dataSync();
    tf.dispose([value, ...gradients, ...state]);
    const times = { milliseconds: performance.now() - start, kernels: take() };
    if (repeat >= 0) calls.push(times);
  }
  return calls;
}

void main(JSON.parse(process.argv[2] ?? '{}') as Settings).then((calls) => console.log(JSON.stringify(calls)));
