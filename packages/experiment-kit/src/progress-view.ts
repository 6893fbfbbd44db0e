import { MultiBar, Presets, type SingleBar } from 'cli-progress';

import type { PlannedRun } from './plan';
import type { RunOutcome } from './scheduler';
import type { RunProgress } from './worker-messages';

/** What a person sees while runs train: bars on a terminal, plain lines elsewhere. */
export interface ProgressView {
  start(run: PlannedRun): void;
  update(run: PlannedRun, progress: RunProgress): void;
  finish(outcome: RunOutcome): void;
  stop(): void;
}

export function progressView(total: number, print: (line: string) => void, terminal: boolean): ProgressView {
  const lines = plainLines(total, print);
  return terminal ? bars(total, lines) : lines;
}

/** `cosface/m=0.35 seed 0`. */
export function runName(run: PlannedRun): string {
  return `${run.uses.map((use) => `${use.paper}/${use.variants.join('=')}`).join(', ')} seed ${run.seed}`;
}

function plainLines(total: number, print: (line: string) => void): ProgressView {
  let finished = 0;
  const startedAt = new Map<string, number>();
  const announced = new Map<string, number>();
  return {
    start: (run) => startedAt.set(run.id, performance.now()),
    update(run, { phase, step, steps, loss }) {
      const quarter = steps === 0 ? 0 : Math.floor((4 * step) / steps);
      if (phase !== 'training' || quarter === 0 || quarter === 4 || announced.get(run.id) === quarter) return;
      announced.set(run.id, quarter);
      print(`      ${runName(run)}: step ${step} of ${steps}${loss === undefined ? '' : `, loss ${loss.toFixed(3)}`}`);
    },
    finish({ run, status, message }) {
      finished += 1;
      const seconds = (performance.now() - (startedAt.get(run.id) ?? 0)) / 1000;
      print(`[${finished}/${total}] ${runName(run)}: ${status}, ${seconds.toFixed(0)} s${message === undefined ? '' : ` (${message})`}`);
    },
    stop: () => undefined,
  };
}

function bars(total: number, lines: ProgressView): ProgressView {
  const multi = new MultiBar(
    { format: ' {bar} {percentage}% | {phase} {value}/{total} | left {eta_formatted} | {name}', hideCursor: true, clearOnComplete: true, stopOnComplete: false },
    Presets.shades_classic,
  );
  const all = multi.create(total, 0, { name: 'all runs', phase: 'run' });
  const own = new Map<string, SingleBar>();
  return {
    start(run) {
      lines.start(run);
      own.set(run.id, multi.create(1, 0, { name: runName(run), phase: 'data' }));
    },
    update(run, { phase, step, steps }) {
      const bar = own.get(run.id);
      bar?.setTotal(Math.max(1, steps));
      bar?.update(step, { phase });
    },
    finish(outcome) {
      const bar = own.get(outcome.run.id);
      if (bar !== undefined) multi.remove(bar);
      all.increment();
      lines.finish(outcome);
    },
    stop: () => multi.stop(),
  };
}
