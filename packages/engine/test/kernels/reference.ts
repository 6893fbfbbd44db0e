import * as tf from '@tensorflow/tfjs';
import { beforeAll } from '@jest/globals';

import { startEngine } from '../../src/index';

/** Loads the engine once for a test file. */
export function useEngine(): void {
  tf.env().set('IS_TEST', true); // no advice about backends in the report
  beforeAll(async () => {
    await startEngine();
  });
}

/** Values without chance: unlike each other, both signs, no ties. */
export function values(shape: number[], phase = 0): tf.Tensor {
  const size = tf.util.sizeFromShape(shape);
  return tf.tensor(Float32Array.from({ length: size }, (_, i) => Math.sin(1.7 * i + phase) + 0.3 * Math.cos(0.31 * i * i + phase)), shape, 'float32');
}

/** Runs `body` on tfjs's own cpu backend and returns its answer as numbers: the kernels under test have no part in it. */
export async function onCpu(body: () => tf.Tensor[]): Promise<Float32Array[]> {
  await tf.setBackend('cpu');
  const results = tf.tidy(body).map((tensor) => tensor.dataSync<'float32'>());
  await tf.setBackend('tensorflow');
  return results;
}

export function runKernel(name: string, inputs: Record<string, tf.Tensor>, attrs: Record<string, number | boolean> = {}): tf.Tensor[] {
  return tf.engine().runKernel(name, inputs, attrs) as unknown as tf.Tensor[];
}
