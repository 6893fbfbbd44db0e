import type { PlannedRun } from './plan';

/** `cosface/m=0.35 seed 0`. */
export function runName(run: PlannedRun): string {
  return `${run.uses.map((use) => `${use.paper}/${use.variants.join('=')}`).join(', ')} seed ${run.seed}`;
}
