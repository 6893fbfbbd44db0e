import { describe, expect, it } from '@jest/globals';
import { expectClose } from '@hypersphere/testing';

import { caption } from '../src/report/caption';
import { summarise } from '../src/report/summarise';
import type { SeedRun } from '../src/report/variant-runs';
import { madeUpRecord } from './made-up-record';

const run = (seed: number, value: number): SeedRun => {
  const record = madeUpRecord('softmax', seed, { metrics: { 'identification.rank1': { value, low: value - 0.1, high: value + 0.1 } } });
  return { seed, id: record.id, state: 'done', record };
};
const diverged = (seed: number): SeedRun => {
  const record = madeUpRecord('softmax', seed, { status: 'diverged', message: 'NaN', metrics: {} });
  return { seed, id: record.id, state: 'diverged', record };
};

describe('summarise', () => {
  it('gives mean, sample deviation and the 95 % t interval over seeds', () => {
    const { mean, sd, low, high, perSeed } = summarise([run(0, 0.5), run(1, 0.6), run(2, 0.7)], 'identification.rank1');
    // t(0.975, 2) = 4.302653, 0.1 / sqrt(3) = 0.0577350
    expectClose([mean ?? 0, sd ?? 0, low ?? 0, high ?? 0], [0.6, 0.1, 0.351586, 0.848414]);
    expect(perSeed).toEqual([0.5, 0.6, 0.7]);
  });

  it('gives one run its own interval over classes, and no deviation', () => {
    const { sd, low, high } = summarise([run(0, 0.5)], 'identification.rank1');
    expect(sd).toBeUndefined();
    expectClose([low ?? 0, high ?? 0], [0.4, 0.6]);
  });

  it('lets a diverged run enter at chance', () => {
    const { mean, diverged: at } = summarise([run(0, 0.5), diverged(1)], 'identification.rank1');
    expect(at).toHaveLength(1);
    // the mate is one among itself and 32 distractors
    expectClose([at[0] ?? 0, mean ?? 0], [1 / 33, (0.5 + 1 / 33) / 2]);
  });

  it('counts what is missing, stale, edited or failed, and takes nothing from it', () => {
    const none: SeedRun[] = [{ seed: 1, id: 'a', state: 'missing' }, { seed: 2, id: 'b', state: 'stale' }, { seed: 3, id: 'c', state: 'failed' }, { seed: 4, id: 'd', state: 'edited' }];
    expect(summarise(none, 'identification.rank1')).toEqual({ perSeed: [], diverged: [], missing: 1, stale: 1, edited: 1, failed: 1 });
    expect(summarise([run(0, 0.5), ...none], 'identification.rank1').mean).toBe(0.5);
  });
});

describe('caption', () => {
  it('names data, network, profile and seeds', () => {
    expect(caption([run(0, 0.5)], 'smoke')).toBe('generated images (no result); small-resnet width 4 d = 8; profile smoke; seed 0');
    expect(caption([run(0, 0.5), run(1, 0.5), run(2, 0.5)], 'smoke')).toMatch(/seeds 0 to 2$/);
    expect(caption([run(0, 0.5), run(4, 0.5)], 'smoke')).toMatch(/seeds 0, 4$/);
  });
});
