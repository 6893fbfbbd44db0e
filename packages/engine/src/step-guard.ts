import type * as tf from '@tensorflow/tfjs';

export interface TensorsLeft {
  readonly step: string;
  /** Tensors more than before the step, beyond those it declared. Negative: it freed some that were not its own. */
  readonly left: number;
  /** `step 12: left 3 tensors behind (now 210)` */
  readonly message: string;
}

export type StepGuard = <T>(step: string, body: () => T, keeps?: number) => T;

/**
 * Watches for tensors that a step forgets to free: memory that TensorFlow never gives back.
 *
 *     const guard = stepGuard((leak) => log(leak.message));
 *     const next = guard(`step ${step}`, () => trainOneStep(state), 1);
 *
 * @param report is called after each step that kept more or fewer tensors than it declared
 * @returns a function that runs one step; `keeps` is by how many tensors the step is to leave more than it found, default 0
 */
export function stepGuard(report: (leak: TensorsLeft) => void): StepGuard {
  return (step, body, keeps = 0) => {
    const before = tensors();
    const result = body();
    const now = tensors();
    const left = now - before - keeps;
    if (left !== 0) report({ step, left, message: `${step}: ${describe(left)} (now ${now})` });
    return result;
  };
}

function describe(left: number): string {
  const count = Math.abs(left);
  const what = `${count} tensor${count === 1 ? '' : 's'}`;
  return left > 0 ? `left ${what} behind` : `freed ${what} that it had not made`;
}

function tensors(): number {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- whoever imports this package need not load tfjs
  const { memory } = require('@tensorflow/tfjs') as typeof tf;
  return memory().numTensors;
}
