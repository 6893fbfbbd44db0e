import { expect, it } from '@jest/globals';

import { threadsAdvice } from '../threads/advice';

const result = (profile: string, ours: number, peer: number) => ({
  id: `threads-${profile}`,
  machine: 'a machine',
  sides: [
    { name: 'two runs', role: 'ours' as const, rounds: [ours] },
    { name: 'one run', role: 'peer' as const, rounds: [peer] },
  ],
});

it('advises by throughput, the inverse of the ratio of times', () => {
  expect(threadsAdvice([result('quick', 10, 15), result('standard', 10, 12.5)])).toBe(
    'Two runs of one thread finish 1.50 times as many steps in the quick profile, 1.25 times as many steps in the standard profile, against one run of two threads on the same two cores (a machine): train with one thread a run, and as many runs at once as there are cores.',
  );
  expect(threadsAdvice([result('quick', 10, 8)])).toMatch(/finish 0\.80 times .*: train with two threads a run\.$/);
  expect(threadsAdvice([result('quick', 10, 8), result('standard', 10, 12)])).toMatch(/: choose by the profile\.$/);
});

it('says nothing where nothing was measured', () => {
  expect(threadsAdvice([{ ...result('quick', 1, 1), id: 'training-step-w8' }])).toBeUndefined();
});
