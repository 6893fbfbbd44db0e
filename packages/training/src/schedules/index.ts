import type { ScheduleConfig } from '../config';
import { lambdaAt } from './lambda';
import { learningRateFactor } from './learning-rate';
import type { TrainingLength } from './length';

export { lambdaAt, type LambdaAnnealing } from './lambda';
export { learningRateFactor, type LearningRateSchedule, type LearningRateSpan } from './learning-rate';
export { trainingLength, type TrainingLength } from './length';

/** Learning rate of a step, with warm-up; `step` counts from 0. */
export function learningRateAt(baseRate: number, schedule: ScheduleConfig, length: TrainingLength, step: number): number {
  const stepsPerUnit = schedule.epochs === undefined ? 1 : length.stepsPerEpoch;
  const { warmUpSteps = 0 } = schedule;
  return baseRate * learningRateFactor(schedule.learningRate, { steps: length.steps, stepsPerUnit, warmUpSteps }, step);
}

/**
 * The scalars that the schedule gives a loss at a step, by name; what it does not give stays at the loss's own option.
 *
 * @param takes names that the loss takes from a schedule
 * @throws RangeError if the schedule gives a value that the loss does not take
 */
export function annealedAt(takes: readonly string[], schedule: ScheduleConfig, step: number): Record<string, number> {
  const { lambda } = schedule.annealing ?? {};
  const given: Record<string, number> = lambda === undefined ? {} : { lambda: lambdaAt(lambda, step) };
  const unknown = Object.keys(given).find((name) => !takes.includes(name));
  if (unknown === undefined) return given;
  throw new RangeError(`schedule.annealing.${unknown}: the loss takes ${takes.join(', ') || 'nothing'} from the schedule`);
}
