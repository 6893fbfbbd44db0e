import * as tf from '@tensorflow/tfjs';

import type { Called } from './made-call';

const WARM_UP = 5;

/**
 * Times calls of a loss with its gradients; the value is read each time.
 *
 * @param timed is told of every call, also of those that only warm up
 */
export function timeCalls(call: () => Called, repeats: number, timed: (milliseconds: number, counts: boolean) => void): void {
  for (let repeat = -WARM_UP; repeat < repeats; repeat++) {
    const start = performance.now();
    const { value, gradients, state } = call();
    value.dataSync();
    tf.dispose([value, ...gradients, ...state]);
    timed(performance.now() - start, repeat >= 0);
  }
}
