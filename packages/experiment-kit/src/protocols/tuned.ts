import type { RunConfig } from '../run-config';

/**
 * Learning rate and scale of each loss on Hangul, found by the studies `search-*` of the experiments: eight trials each,
 * quick size, two seeds, validation classes (results/<paper>/search). Variants of one loss share its settings.
 */
export const tuned = {
  softmax: { learningRate: 0.02 },
  normface: { learningRate: 0.02, scale: 16 },
  cosface: { learningRate: 0.02, scale: 16 },
  arcface: { learningRate: 0.02, scale: 16 },
  sphereface: { learningRate: 0.01 },
  softmaxWithCenter: { learningRate: 0.02, weight: 0.01 },
  sfnet: { learningRate: 0.002 },
  tripletBatchHard: { learningRate: 0.01, margin: 0.35 },
} as const;

export const adam = (learningRate: number): RunConfig['optimiser'] => ({ name: 'adam', learningRate });
