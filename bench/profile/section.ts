import type { KernelTime } from './kernel-clock';
import type { StepTimes } from './kernels';
import type { Profile, SizeProfile } from './run-profile';
import { totalOf } from './summarise';

/** Kernels below this share of both steps are summed. */
const SHOWN_SHARE = 0.01;

/** The section of `docs/performance.md` on where a step spends its time. */
export function profileSection({ sizes, rounds, machine, versions }: Profile): string {
  return [
    '## profile',
    `Time by kernel of ArcFace's training step, run op by op; the feed is left out. Before: with the ops and gradients of tfjs. After: with those of \`packages/engine/src/kernels\`. Medians a step of ${rounds} rounds, before and after in turn. A recorded step runs the kernels of "after" without what is between them. ${machine}; ${versions.join(', ')}.`,
    ...sizes.flatMap((size) => [`### ${size.title}`, table(size)]),
  ].join('\n\n');
}

function table({ before, after }: SizeProfile): string {
  const names = [...new Set([...after.kernels, ...before.kernels].map(({ name }) => name))];
  const isShown = (name: string) => [before, after].some((step) => kernel(step, name).milliseconds >= SHOWN_SHARE * step.milliseconds);
  const [shown, others] = [names.filter(isShown), names.filter((name) => !isShown(name))];
  const sum = (of: readonly string[], step: StepTimes): Times => totalOf(of.map((name) => kernel(step, name)));
  const between = (step: StepTimes): Times => ({ milliseconds: step.milliseconds - sum(names, step).milliseconds });
  const row = (name: string, of: (step: StepTimes) => Times): string => {
    const [a, b] = [of(before), of(after)];
    return `| ${name} | ${a.calls ?? ''} | ${b.calls ?? ''} | ${a.milliseconds.toFixed(2)} | ${b.milliseconds.toFixed(2)} | ${((100 * b.milliseconds) / after.milliseconds).toFixed(0)} % |`;
  };
  return [
    '| kernel | calls before | after | ms before | after | share after |',
    '|---|--:|--:|--:|--:|--:|',
    ...shown.map((name) => row(name, (step) => kernel(step, name))),
    row(`${others.length} others`, (step) => sum(others, step)),
    row('between kernels: JavaScript, binding', between),
    row('step', ({ milliseconds }) => ({ milliseconds })),
  ].join('\n');
}

interface Times {
  readonly calls?: number;
  readonly milliseconds: number;
}

const kernel = ({ kernels }: StepTimes, name: string): KernelTime => kernels.find((one) => one.name === name) ?? { name, calls: 0, milliseconds: 0 };
