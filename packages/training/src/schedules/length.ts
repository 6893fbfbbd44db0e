import type { ScheduleConfig } from '../config';

export interface TrainingLength {
  readonly steps: number;
  readonly stepsPerEpoch: number;
}

/**
 * Steps of a training and of one of its epochs; partial batches are dropped.
 *
 * @param schedule length in `steps` or `epochs`, and the batch size
 * @param count images of the training set
 * @returns whole numbers of steps
 * @throws RangeError if the batch is larger than the set, or the length is not a whole positive number of steps
 */
export function trainingLength(schedule: ScheduleConfig, count: number): TrainingLength {
  const stepsPerEpoch = Math.floor(count / schedule.batchSize);
  if (stepsPerEpoch < 1) {
    throw new RangeError(`schedule.batchSize must be 1 to ${count}, the images of the training set, got ${schedule.batchSize}`);
  }
  const { steps, epochs } = schedule;
  if ((steps === undefined) === (epochs === undefined)) throw new RangeError('schedule: give either steps or epochs');
  const total = steps ?? Math.round(epochs * stepsPerEpoch);
  if (!(Number.isInteger(total) && total >= 1)) {
    throw new RangeError(`schedule: the training must have a whole number of steps of at least 1, got ${total}`);
  }
  return { steps: total, stepsPerEpoch };
}
