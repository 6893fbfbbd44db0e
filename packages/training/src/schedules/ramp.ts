/** A straight line from `from` to `to` between two steps, level before and after. */
export interface RampAnnealing {
  readonly from: number;
  readonly to: number;
  /** Default 0. */
  readonly startStep?: number;
  readonly endStep: number;
}

/**
 * Value that rises (or falls) in a straight line: a margin that is warmed up.
 *
 * @param ramp ends in value and steps
 * @param step counted from 0
 * @returns value in the unit of `from` and `to`
 * @throws RangeError if `endStep` is not above `startStep`
 */
export function rampAt({ from, to, startStep = 0, endStep }: RampAnnealing, step: number): number {
  if (endStep <= startStep) throw new RangeError(`annealing: endStep must be above startStep ${startStep}, got ${endStep}`);
  const progress = Math.min(1, Math.max(0, (step - startStep) / (endStep - startStep)));
  return from + (to - from) * progress;
}
