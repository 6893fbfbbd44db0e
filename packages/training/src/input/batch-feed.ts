import * as tf from '@tensorflow/tfjs';
import { dropoutMaskShapes, type Network } from '@hypersphere/backbones';
import type { DrawSpecs } from '@hypersphere/core-losses';
import { exampleShape, type ExampleSet } from '@hypersphere/data';

import type { TrainingConfig } from '../config';
import { classSample, type ClassSample } from '../class-sample';
import { lossDraws } from '../loss-draws';
import { annealedAt, learningRateAt, type TrainingLength } from '../schedules';
import type { StepInputs } from '../step';
import { batchQueue, type QueueOptions } from './batch-queue';
import { rowsOf } from './host-batch';

export interface FeedOptions extends Pick<QueueOptions, 'workers'> {
  readonly config: Pick<TrainingConfig, 'optimiser' | 'schedule'>;
  readonly network: Network;
  /** Names of the scalars that the loss takes from the schedule. */
  readonly annealed: readonly string[];
  /** Random numbers that the loss takes. Default: none. */
  readonly draws?: DrawSpecs;
  readonly data: ExampleSet;
  readonly length: TrainingLength;
  readonly seed: number;
}

/** From a step, counted from 0, to new tensors that the caller owns. */
export interface BatchFeed {
  (step: number): Promise<StepInputs>;
  /** Ends the threads that make batches. */
  readonly dispose: () => Promise<void>;
}

/** What each step is fed, as a function of the step alone, so that a resumed training has no generator to restore. */
export function batchFeed({ config, network, annealed, draws = {}, data, length, seed, workers }: FeedOptions): BatchFeed {
  const { optimiser, schedule } = config;
  const { batchSize, classBalance, augmentation, sampleRate } = schedule;
  const rows = rowsOf(schedule);
  const masks = dropoutMaskShapes(network, rows);
  const plan = { batchSize, classBalance, augmentation, seed, stepsPerEpoch: length.stepsPerEpoch, masks };
  const queue = batchQueue({ plan, data, steps: length.steps, workers });
  const feed = async (step: number): Promise<StepInputs> => {
    const { images, labels, dropoutMasks } = await queue.take(step);
    return {
      images: tf.tensor(images, [rows, ...exampleShape(data)], images instanceof Int32Array ? 'int32' : 'float32'),
      labels: tf.tensor1d(labels, 'int32'),
      ...(sampleRate === undefined ? {} : { sample: sampleTensors(classSample(labels, { classes: data.classes, rate: sampleRate, seed, step })) }),
      learningRate: tf.scalar(learningRateAt(optimiser.learningRate, schedule, length, step)),
      step: tf.scalar(step + 1),
      annealed: mapValues(annealedAt(annealed, schedule, step), (value) => tf.scalar(value)),
      dropoutMasks: Object.fromEntries(Object.entries(masks).map(([layer, { shape }]) => [layer, tf.tensor(dropoutMasks[layer] ?? [], [...shape])])),
      draws: lossDraws(draws, seed, step),
    };
  };
  return Object.assign(feed, { dispose: () => queue.dispose() });
}

function sampleTensors({ classes, labels }: ClassSample): NonNullable<StepInputs['sample']> {
  return { classes: tf.tensor1d(classes, 'int32'), labels: tf.tensor1d(labels, 'int32') };
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
