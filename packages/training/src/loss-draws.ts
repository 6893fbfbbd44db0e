import * as tf from '@tensorflow/tfjs';
import type { DrawSpecs } from '@hypersphere/core-losses';
import { randomStream } from '@hypersphere/engine';

/**
 * The random numbers that a loss takes at one step, each tensor from a stream of its name and the step.
 *
 * @param step from 0
 * @returns new float32 tensors that the caller owns
 */
export function lossDraws(specs: DrawSpecs, seed: number, step: number): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, distribution }]) => {
      const stream = randomStream(seed, 'loss-draws', name, step);
      const values = new Float32Array(shape.reduce((product, extent) => product * extent, 1));
      return [name, tf.tensor(values.map(() => stream[distribution]()), [...shape])];
    }),
  );
}
