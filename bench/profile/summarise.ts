import { median } from '../median';
import type { KernelTime } from './kernel-clock';
import type { StepTimes } from './kernels';

/** Medians over steps: of the whole step, and of each kernel in it. The sum of medians need not be the median of sums. */
export function medianStep(steps: readonly StepTimes[]): StepTimes {
  const names = [...new Set(steps.flatMap(({ kernels }) => kernels.map(({ name }) => name)))];
  const kernels = names.map((name) => {
    const of = steps.map((step) => step.kernels.find((kernel) => kernel.name === name) ?? { name, calls: 0, milliseconds: 0 });
    return { name, calls: median(of.map(({ calls }) => calls)), milliseconds: rounded(median(of.map(({ milliseconds }) => milliseconds))) };
  });
  const byTime = (a: KernelTime, b: KernelTime) => b.milliseconds - a.milliseconds || (a.name < b.name ? -1 : 1);
  return { milliseconds: rounded(median(steps.map(({ milliseconds }) => milliseconds))), kernels: kernels.sort(byTime) };
}

/** Of some kernels together. */
export const totalOf = (kernels: readonly KernelTime[]): { readonly calls: number; readonly milliseconds: number } =>
  kernels.reduce((sum, { calls, milliseconds }) => ({ calls: sum.calls + calls, milliseconds: sum.milliseconds + milliseconds }), { calls: 0, milliseconds: 0 });

const rounded = (milliseconds: number): number => Math.round(1000 * milliseconds) / 1000;
