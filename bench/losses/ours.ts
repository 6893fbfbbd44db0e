import * as tf from '@tensorflow/tfjs';

import { madeCall, type Called, type Settings } from './made-call';
import { timeCalls } from './time-calls';

/** Times loss and gradients; the value is read each time. */
async function main(settings: Settings): Promise<void> {
  const { call, versions } = await madeCall(settings);
  const numbers = numbersOf(call());
  const milliseconds: number[] = [];
  timeCalls(call, settings.repeats, (time, counts) => void (counts && milliseconds.push(time)));
  const check = Object.fromEntries(numbers.map((value, at) => [at === 0 ? 'loss' : `gradient ${at}`, value]));
  console.log(JSON.stringify({ milliseconds, check, versions }));
}

/** The loss, and the norm of each gradient. */
function numbersOf({ value, gradients, state }: Called): number[] {
  const numbers = [value, ...gradients].map((tensor) => (tensor.rank === 0 ? tensor.dataSync()[0] : tf.norm(tensor).dataSync()[0]) as number);
  tf.dispose([value, ...gradients, ...state]);
  return numbers;
}

void main(JSON.parse(process.argv[2] ?? '{}') as Settings);
