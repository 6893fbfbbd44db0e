import { describe, expect, it } from '@jest/globals';

import { planExperiment, type PlannedRun } from '../src/plan';
import { progressView } from '../src/progress-view';
import { tiny } from './tiny';

const [run] = planExperiment(tiny.experiment, { profile: 'smoke' }) as [PlannedRun];

describe('progress without a terminal', () => {
  it('prints each quarter once and the end', () => {
    const lines: string[] = [];
    const view = progressView(3, (line) => lines.push(line), false);
    view.start(run);
    view.update(run, { phase: 'data', step: 0, steps: 0 });
    for (let step = 1; step <= 8; step++) view.update(run, { phase: 'training', step, steps: 8, loss: 1 / step });
    view.finish({ run, status: 'done' });
    expect(lines).toEqual([
      '      tiny/softmax seed 0: step 2 of 8, loss 0.500',
      '      tiny/softmax seed 0: step 4 of 8, loss 0.250',
      '      tiny/softmax seed 0: step 6 of 8, loss 0.167',
      '[1/3] tiny/softmax seed 0: done, 0 s',
    ]);
  });

  it('says once that it waits for another process, and why a run failed', () => {
    const lines: string[] = [];
    const view = progressView(1, (line) => lines.push(line), false);
    view.start(run);
    view.update(run, { phase: 'waiting', step: 0, steps: 0 });
    view.update(run, { phase: 'waiting', step: 0, steps: 0 });
    view.finish({ run, status: 'error', message: 'no luck' });
    expect(lines).toEqual(['      tiny/softmax seed 0: waiting for another process that trains it', '[1/1] tiny/softmax seed 0: error, 0 s (no luck)']);
  });
});
