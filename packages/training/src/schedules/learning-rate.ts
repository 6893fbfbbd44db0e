/** How the learning rate falls; every kind is a factor on the base rate, so the loss's own rate follows it. */
export type LearningRateSchedule =
  | { readonly kind: 'constant' }
  /** Multiplies by `factor` at each point of `at`, in epochs or steps as the length of the schedule is. */
  | { readonly kind: 'step'; readonly at: readonly number[]; readonly factor: number }
  /** Half a cosine down to `final` times the base rate (default 0). */
  | { readonly kind: 'cosine'; readonly final?: number }
  /** A straight line down to `final` times the base rate (default 0). */
  | { readonly kind: 'linear'; readonly final?: number };

export interface LearningRateSpan {
  /** Steps of the whole training. */
  readonly steps: number;
  /** Steps of one unit of `at`: 1, or the steps of an epoch. */
  readonly stepsPerUnit?: number;
  readonly warmUpSteps?: number;
}

/**
 * Factor of the base learning rate at a step, with linear warm-up `(t + 1) / warmUpSteps` before the schedule proper.
 *
 * cosine: `final + (1 - final) (1 + cos(pi p)) / 2`, linear: `1 - (1 - final) p`, with
 * `p = (t - warmUpSteps) / (steps - warmUpSteps)`.
 *
 * @param schedule kind and its values
 * @param span length of the training, in steps
 * @param step counted from 0
 * @returns factor, without unit
 * @throws RangeError if the warm-up is as long as the training
 * @see SGDR, eq. 5 (cosine), https://arxiv.org/abs/1608.03983
 */
export function learningRateFactor(
  schedule: LearningRateSchedule,
  { steps, stepsPerUnit = 1, warmUpSteps = 0 }: LearningRateSpan,
  step: number,
): number {
  if (warmUpSteps >= steps) {
    throw new RangeError(`learningRateFactor: warmUpSteps must be below the ${steps} steps of the training, got ${warmUpSteps}`);
  }
  const warmUp = step < warmUpSteps ? (step + 1) / warmUpSteps : 1;
  const progress = Math.min(1, Math.max(0, (step - warmUpSteps) / (steps - warmUpSteps)));
  return warmUp * afterWarmUp(schedule, progress, step / stepsPerUnit);
}

function afterWarmUp(schedule: LearningRateSchedule, progress: number, units: number): number {
  switch (schedule.kind) {
    case 'constant':
      return 1;
    case 'step':
      return schedule.factor ** schedule.at.filter((point) => units >= point).length;
    case 'cosine': {
      const { final = 0 } = schedule;
      return final + ((1 - final) * (1 + Math.cos(Math.PI * progress))) / 2;
    }
    case 'linear':
      return 1 - (1 - (schedule.final ?? 0)) * progress;
  }
}
