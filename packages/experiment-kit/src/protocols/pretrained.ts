import type { Sections, VariantPlan } from '../define-experiment';
import type { RunConfig } from '../run-config';
import { adam, tuned } from './tuned';

type Schedule = RunConfig['schedule'];

/**
 * A variant after a first stage by softmax, both in the time that the profile gives to one: `share` of the epochs for the
 * first, the rest for the second, each with a learning rate that falls to its end. So it has the budget of those without.
 *
 * @param share in (0, 1)
 */
export function pretrained(variant: Sections, share = 0.5): VariantPlan {
  return ({ schedule: usual }) => {
    const schedule = variant.schedule ?? usual;
    return {
      ...variant,
      pretraining: { loss: { name: 'softmax' }, optimiser: adam(tuned.softmax.learningRate), schedule: partOf(schedule, share) },
      schedule: partOf(schedule, 1 - share),
    };
  };
}

function partOf({ steps, epochs, ...schedule }: Schedule, share: number): Schedule {
  return steps === undefined ? { ...schedule, epochs: (epochs ?? 0) * share } : { ...schedule, steps: Math.round(steps * share) };
}
