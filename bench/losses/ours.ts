import * as tf from '@tensorflow/tfjs';

import { madeCall, type Settings } from './made-call';

const WARM_UP = 5;

/** Times loss and gradients; the value is read each time. */
async function main(settings: Settings): Promise<void> {
  const { call, versions } = await madeCall(settings);
  let numbers: number[] = [];
  const milliseconds: number[] = [];
  for (let repeat = -WARM_UP; repeat < settings.repeats; repeat++) {
    const start = performance.now();
    const { value, gradients, state } = call();
    value.dataSync();
    if (repeat === -1) numbers = numbersOf([value, ...gradients]);
    tf.dispose([value, ...gradients, ...state]);
    if (repeat >= 0) milliseconds.push(performance.now() - start);
  }
  const check = Object.fromEntries(numbers.map((value, at) => [at === 0 ? 'loss' : `gradient ${at}`, value]));
  console.log(JSON.stringify({ milliseconds, check, versions }));
}

/** The loss, and the norm of each gradient. */
function numbersOf(tensors: readonly tf.Tensor[]): number[] {
  return tensors.map((tensor) => (tensor.rank === 0 ? tensor.dataSync()[0] : tf.norm(tensor).dataSync()[0]) as number);
}

void main(JSON.parse(process.argv[2] ?? '{}') as Settings);
