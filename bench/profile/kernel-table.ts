import type { StepTimes } from './kernels';
import { totalOf } from './summarise';

/** Kernels below this share of the time in all of them are summed. */
const SHOWN_SHARE = 0.03;

/** Time by kernel of one step, the longest first. */
export function kernelTable({ milliseconds, kernels }: StepTimes): string {
  const all = totalOf(kernels);
  const shown = kernels.filter((kernel) => kernel.milliseconds >= SHOWN_SHARE * all.milliseconds);
  const others = kernels.filter((kernel) => !shown.includes(kernel));
  const row = (name: string, { calls, milliseconds: ms }: { calls?: number; milliseconds: number }) => `| ${name} | ${calls ?? ''} | ${ms.toFixed(2)} |`;
  return [
    '| kernel | calls | ms |',
    '|---|--:|--:|',
    ...shown.map((kernel) => row(kernel.name, kernel)),
    ...(others.length > 0 ? [row(`${others.length} others`, totalOf(others))] : []),
    row('all kernels', all),
    row('between kernels: JavaScript, binding', { milliseconds: milliseconds - all.milliseconds }),
  ].join('\n');
}
