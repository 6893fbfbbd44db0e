import { augment, classBalancedEpoch, gatherImages, gatherLabels, shuffledEpoch, viewLabels, type ImageSet } from '@hypersphere/data';
import { randomStream, type RandomStream } from '@hypersphere/engine';

import type { ScheduleConfig } from '../config';

/** What batches depend on besides the images; plain data, so that a worker thread can be told. */
export interface BatchPlan extends Pick<ScheduleConfig, 'batchSize' | 'classBalance' | 'augmentation'> {
  readonly seed: number;
  readonly stepsPerEpoch: number;
  /** Shape and rate of each dropout layer's keep-mask. */
  readonly masks: Readonly<Record<string, { readonly shape: readonly number[]; readonly rate: number }>>;
}

/** The part of a step's inputs that takes time to make, before it is a tensor. */
export interface HostBatch {
  /** `[n, h, w, c]`, view by view */
  readonly images: Float32Array;
  /** `[n]` */
  readonly labels: Int32Array;
  /** Keep-masks of 1 and 0, by dropout layer. */
  readonly dropoutMasks: Readonly<Record<string, Float32Array>>;
}

/**
 * Makes the batch of any step, as a function of the step alone: order, augmentation and dropout come from streams keyed
 * by seed and epoch or step, so that it does not matter who makes it, and when.
 *
 * @returns a function from a step, counted from 0, to a new batch
 */
export function batchMaker(plan: BatchPlan, data: ImageSet): (step: number) => HostBatch {
  const { seed, stepsPerEpoch, augmentation, masks } = plan;
  const orderOf = lastOnly((epoch) => epochBatches(data, plan, epoch));
  // what is augmented is not handed out: each batch takes the memory of the last
  const plainOnes = augmentation && new Float32Array(plan.batchSize * data.height * data.width * data.channels);
  return (step) => {
    const indices = orderOf(Math.floor(step / stepsPerEpoch))[step % stepsPerEpoch] as Int32Array;
    const plain = gatherImages(data, indices, plainOnes);
    return {
      images: augmentation === undefined ? plain : augment(plain, data, augmentation, randomStream(seed, 'augmentation', step)),
      labels: viewLabels(gatherLabels(data, indices), augmentation),
      dropoutMasks: Object.fromEntries(
        Object.entries(masks).map(([layer, { shape, rate }]) => [layer, keepMask(shape, rate, randomStream(seed, 'dropout', layer, step))]),
      ),
    };
  };
}

function epochBatches({ labels }: ImageSet, { batchSize, classBalance, seed }: BatchPlan, epoch: number): Int32Array[] {
  if (classBalance === undefined) return shuffledEpoch(labels.length, batchSize, seed, epoch);
  const { classesPerBatch, imagesPerClass } = classBalance;
  if (classesPerBatch * imagesPerClass !== batchSize) {
    throw new RangeError(`schedule.batchSize must be classesPerBatch * imagesPerClass = ${classesPerBatch * imagesPerClass}, got ${batchSize}`);
  }
  return classBalancedEpoch(labels, classBalance, seed, epoch);
}

function keepMask(shape: readonly number[], rate: number, stream: RandomStream): Float32Array {
  return new Float32Array(sizeOf(shape)).map(() => (stream.uniform() < rate ? 0 : 1));
}

/** n, rows of a batch: every view of an image is one. */
export const rowsOf = ({ batchSize, augmentation }: Pick<ScheduleConfig, 'batchSize' | 'augmentation'>): number => batchSize * (augmentation?.views ?? 1);

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);

/** Remembers the last answer: consecutive steps ask for the same epoch. */
function lastOnly<T>(make: (key: number) => T): (key: number) => T {
  let last: { key: number; value: T } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, value: make(key) };
    return last.value;
  };
}
