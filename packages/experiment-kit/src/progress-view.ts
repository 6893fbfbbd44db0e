import { MultiBar, Presets, type SingleBar } from 'cli-progress';

import type { PlannedRun } from './plan';
import { plainLines as plainWords } from './print';
import { runName } from './run-name';
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
  return terminal ? bars(total) : plainLines(total, print);
}

function plainLines(total: number, print: (line: string) => void): ProgressView {
  const finishedLine = finishedLines(total);
  const announced = new Map<string, string>();
  const say = (run: PlannedRun, what: string, words: string) => {
    if (announced.get(run.id) === what) return;
    announced.set(run.id, what);
    print(`      ${runName(run)}: ${words}`);
  };
  return {
    start: ({ id }) => finishedLine.start(id),
    update(run, { phase, step, steps, loss }) {
      if (phase === 'waiting') say(run, phase, 'waiting for another process that trains it');
      const quarter = steps === 0 ? 0 : Math.floor((4 * step) / steps);
      if (phase !== 'training' || quarter === 0 || quarter === 4) return;
      say(run, `quarter ${quarter}`, `step ${step} of ${steps}${loss === undefined ? '' : `, loss ${loss.toFixed(3)}`}`);
    },
    finish: (outcome) => print(finishedLine.of(outcome)),
    stop: () => undefined,
  };
}

function bars(total: number): ProgressView {
  const multi = new MultiBar(
    { format: ' {bar} {percentage}% | {phase} {value}/{total} | left {eta_formatted} | {name}', hideCursor: true, clearOnComplete: true, stopOnComplete: false, stream: process.stdout },
    Presets.shades_classic,
  );
  const finishedLine = finishedLines(total);
  const all = multi.create(total, 0, { name: 'all runs', phase: 'run' });
  const own = new Map<string, SingleBar>();
  return {
    start(run) {
      finishedLine.start(run.id);
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
      // Printed past the bars, it would be drawn over.
      multi.log(`${plainWords(finishedLine.of(outcome))}\n`);
    },
    stop: () => multi.stop(),
  };
}

/** `[3/23] cosface/m=0.35 seed 0: done, 4 s`. */
function finishedLines(total: number): { start(id: string): void; of(outcome: RunOutcome): string } {
  let finished = 0;
  const startedAt = new Map<string, number>();
  return {
    start: (id) => void startedAt.set(id, performance.now()),
    of({ run, status, message }) {
      finished += 1;
      const seconds = (performance.now() - (startedAt.get(run.id) ?? performance.now())) / 1000;
      return `[${finished}/${total}] ${runName(run)}: ${status}, ${seconds.toFixed(0)} s${message === undefined ? '' : ` (${message})`}`;
    },
  };
}
