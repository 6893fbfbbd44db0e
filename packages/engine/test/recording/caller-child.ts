import * as tf from '@tensorflow/tfjs';

import { startEngine } from '../../src';
import { record } from '../../src/recording';

/** Reads a value in a step, which is refused; prints why. */
async function main(): Promise<void> {
  await startEngine({ threads: 1 });
  const step = record((x: tf.Tensor) => {
    x.dataSync();
    return tf.neg(x);
  });
  step(tf.scalar(1));
}

main().catch((error: Error) => console.log(error.message));
