import { rm } from 'node:fs/promises';
import type { ExampleSet } from '@hypersphere/data';
import { withLock } from '@hypersphere/engine';
import { train, trainingLength, type TrainOptions, type TrainResult } from '@hypersphere/training';
import * as tf from '@tensorflow/tfjs';

import type { PlannedRun } from './plan';
import { cachedWeights } from './trunk-weights';

export interface StagesOptions extends Pick<TrainOptions, 'signal' | 'onProgress' | 'validation'> {
  /** Checkpoints of the run, or of its second stage. */
  readonly folder: string;
  /** Those of its first stage, which other runs may share: one at a time works in it. */
  readonly pretrainingFolder: string;
  /** Do not take up what is in `pretrainingFolder`. */
  readonly fresh?: boolean;
}

export interface StagesResult extends TrainResult {
  /** The learning curve of the first stage, where there was one before this. */
  readonly pretrainingCurve?: TrainResult['curve'];
}

/**
 * The training of a run: one stage, or two where the config has a `pretraining`. The second starts from the backbone that
 * the first has left, from its statistics, and from those parameters of its loss that the second loss has in the same
 * shape (the classifier). Each stage has its own optimiser, schedule and checkpoints; a finished first stage is read, not repeated,
 * and its steps and seconds count as if it had been.
 *
 * @returns the result of the last stage that was begun; steps and seconds are those of both
 */
export async function trainStages({ config, seed }: PlannedRun, data: ExampleSet, { folder, pretrainingFolder, fresh = false, validation, onProgress, signal }: StagesOptions): Promise<StagesResult> {
  const { pretraining, execution } = config;
  const weights = await cachedWeights(config.backbone);
  const shared = { mode: execution.mode, precision: execution.precision, seed, data, ...(signal && { signal }) };
  const loaded = weights === undefined ? {} : { weights };
  const last = { ...shared, ...loaded, config, checkpointFolder: folder, ...(validation && { validation }) };
  if (pretraining === undefined) return train({ ...last, ...(onProgress && { onProgress }) });
  const before = trainingLength(pretraining.schedule, data.labels.length).steps;
  const steps = before + trainingLength(config.schedule, data.labels.length).steps;
  const told = (done: number): Pick<TrainOptions, 'onProgress'> => (onProgress === undefined ? {} : { onProgress: (at) => onProgress({ ...at, step: at.step + done, steps }) });
  const first = await withLock(pretrainingFolder, async () => {
    if (fresh) await rm(pretrainingFolder, { recursive: true, force: true });
    return train({ ...shared, ...loaded, ...told(0), config: { ...config, ...pretraining }, checkpointFolder: pretrainingFolder });
  });
  if (first.status !== 'done') return first;
  try {
    return added(first, await train({ ...last, ...told(before), start: first }));
  } finally {
    tf.dispose([first.parameters, first.statistics, first.lossParameters]);
  }
}

function added(first: TrainResult, second: TrainResult): StagesResult {
  const sum = (of: 'steps' | 'seconds' | 'waitSeconds'): number => first[of] + second[of];
  return { ...second, steps: sum('steps'), seconds: sum('seconds'), waitSeconds: sum('waitSeconds'), pretrainingCurve: first.curve };
}
