import * as tf from '@tensorflow/tfjs';
import { expect } from '@jest/globals';

/** Runs `body` in no tidy of its own and expects that it leaves exactly `left` tensors behind. */
export function expectTensorsLeft(left: number, body: () => void): void {
  const before = tf.memory().numTensors;
  body();
  expect(tf.memory().numTensors - before).toBe(left);
}
