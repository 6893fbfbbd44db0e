import * as tf from '@tensorflow/tfjs';
import { dropoutMaskShapes, type Network } from '@hypersphere/backbones';
import { augment, classBalancedEpoch, gatherImages, gatherLabels, shuffledEpoch, type ImageSet } from '@hypersphere/data';
import { randomStream, type RandomStream } from '@hypersphere/engine';

import { classSample, type ClassSample } from './class-sample';
import type { ScheduleConfig, TrainingConfig } from './config';
import { annealedAt, learningRateAt, type TrainingLength } from './schedules';
import type { StepInputs } from './step';

export interface FeedOptions {
  readonly config: Pick<TrainingConfig, 'optimiser' | 'schedule'>;
  readonly network: Network;
  /** Names of the scalars that the loss takes from the schedule. */
  readonly annealed: readonly string[];
  readonly data: ImageSet;
  readonly length: TrainingLength;
  readonly seed: number;
}

/**
 * What each step is fed, as a function of the step alone: batch order, augmentation and dropout come from streams
 * keyed by seed and epoch or step, so a resumed training has no generator to restore.
 *
 * @returns a function from a step, counted from 0, to new tensors that the caller owns
 */
export function batchFeed({ config, network, annealed, data, length, seed }: FeedOptions): (step: number) => StepInputs {
  const { optimiser, schedule } = config;
  const { batchSize, augmentation, sampleRate } = schedule;
  const masks = dropoutMaskShapes(network, batchSize);
  const orderOf = lastOnly((epoch) => epochBatches(data, schedule, seed, epoch));
  return (step) => {
    const indices = orderOf(Math.floor(step / length.stepsPerEpoch))[step % length.stepsPerEpoch] as Int32Array;
    const plain = gatherImages(data, indices);
    const pixels = augmentation === undefined ? plain : augment(plain, data, augmentation, randomStream(seed, 'augmentation', step));
    const labels = gatherLabels(data, indices);
    return {
      images: tf.tensor4d(pixels, [batchSize, data.height, data.width, data.channels]),
      labels: tf.tensor1d(labels, 'int32'),
      ...(sampleRate === undefined ? {} : { sample: sampleTensors(classSample(labels, { classes: data.classes, rate: sampleRate, seed, step })) }),
      learningRate: tf.scalar(learningRateAt(optimiser.learningRate, schedule, length, step)),
      step: tf.scalar(step + 1),
      annealed: mapValues(annealedAt(annealed, schedule, step), (value) => tf.scalar(value)),
      dropoutMasks: Object.fromEntries(
        Object.entries(masks).map(([layer, { shape, rate }]) => [layer, keepMask(shape, rate, randomStream(seed, 'dropout', layer, step))]),
      ),
    };
  };
}

function epochBatches({ labels }: ImageSet, { batchSize, classBalance }: ScheduleConfig, seed: number, epoch: number): Int32Array[] {
  if (classBalance === undefined) return shuffledEpoch(labels.length, batchSize, seed, epoch);
  const { classesPerBatch, imagesPerClass } = classBalance;
  if (classesPerBatch * imagesPerClass !== batchSize) {
    throw new RangeError(`schedule.batchSize must be classesPerBatch * imagesPerClass = ${classesPerBatch * imagesPerClass}, got ${batchSize}`);
  }
  return classBalancedEpoch(labels, classBalance, seed, epoch);
}

function sampleTensors({ classes, labels }: ClassSample): NonNullable<StepInputs['sample']> {
  return { classes: tf.tensor1d(classes, 'int32'), labels: tf.tensor1d(labels, 'int32') };
}

function keepMask(shape: readonly number[], rate: number, stream: RandomStream): tf.Tensor {
  const values = new Float32Array(shape.reduce((product, extent) => product * extent, 1));
  return tf.tensor(values.map(() => (stream.uniform() < rate ? 0 : 1)), [...shape]);
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

/** Remembers the last answer: consecutive steps ask for the same epoch. */
function lastOnly<T>(make: (key: number) => T): (key: number) => T {
  let last: { key: number; value: T } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, value: make(key) };
    return last.value;
  };
}
