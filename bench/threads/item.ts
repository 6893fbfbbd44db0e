import { join } from 'node:path';

import type { BenchItem } from '../item';

const shared = { network: 'small-resnet', side: 32, channels: 1, precision: 'float32' };
const quick = { ...shared, width: 8, batch: 80, classes: 200, embeddingDim: 64, steps: 60, mode: 'recorded' };
const standard = { ...shared, width: 16, batch: 80, classes: 600, embeddingDim: 64, steps: 40, mode: 'recorded' };

/** What two cores give: two runs of one thread (docs/decisions/0007-one-thread-a-run.md) against one run of two. */
export const threads: readonly BenchItem[] = [
  { profile: 'quick', settings: quick },
  { profile: 'standard', settings: standard },
].map(({ profile, settings }) => ({
  id: `threads-${profile}`,
  title: `Two cores: two runs of one thread against one of two, network and batch of the ${profile} profile`,
  unit: 'step',
  sides: [
    { name: 'two runs, one thread each', role: 'ours', program: 'node', script: join(__dirname, 'two-runs.ts'), settings },
    { name: 'one run, two threads', role: 'peer', program: 'node', script: join(__dirname, '..', 'training-step', 'ours.ts'), settings: { ...settings, threads: 2 } },
  ],
  target: 1,
}));
