import { TRAINING_VERSION } from '@hypersphere/training';

import { configOf } from '../src/plan';
import { identify } from '../src/run-identity';
import { RECORD_FORMAT, sealRecord, type RunRecord } from '../src/run-record';
import { tiny } from './tiny';

/** A record of the fixture experiment as a training would leave it. */
export function madeUpRecord(variant: 'softmax' | 'cosface' = 'softmax', seed = 0, changes: Partial<Omit<RunRecord, 'digest'>> = {}): RunRecord {
  const config = configOf(tiny.experiment, variant, 'smoke');
  return sealRecord({
    format: RECORD_FORMAT,
    ...identify(config, seed),
    profile: 'smoke',
    variants: [variant],
    seed,
    config,
    trainingVersion: TRAINING_VERSION,
    packedDigest: 'aa',
    status: 'done',
    metrics: { 'identification.rank1': { value: 0.5 + seed / 10, low: 0.4, high: 0.7 } },
    curve: [{ step: 1, loss: 1.5, learningRate: 0.1 }],
    series: { testSet: { classes: 20, imagesPerClass: 8, distractors: 32 } },
    steps: 1,
    seconds: 2,
    examplesPerSecond: 8,
    peakMemoryBytes: 1,
    environment: { node: '20', tfjs: '4', tensorflow: '2', device: 'cpu', cpu: 'some', os: 'some', threads: 1 },
    ...changes,
  });
}
