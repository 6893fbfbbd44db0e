import { describe, expect, it } from '@jest/globals';
import { expectClose } from '@hypersphere/testing';

import { gapColumns } from '../src/report/ablation-gaps';
import type { SeedRun } from '../src/report/variant-runs';
import { madeUpRecord } from './made-up-record';

const run = (value: number, seed: number): SeedRun => {
  const record = madeUpRecord('softmax', seed, { metrics: { 'identification.rank1': { value }, 'geometry.overlap': { value } } });
  return { seed, id: record.id, state: 'done', record };
};
const runs = (...values: number[]): SeedRun[] => values.map(run);

describe('gapColumns', () => {
  const points = [{ found: runs(0.5, 0.7), other: runs(0.4, 0.5) }, { found: runs(0.5, 0.9), other: runs(0.6, 0.5) }, { found: runs(0.1, 0.2), other: runs(0.4, 0.4) }];

  it('gives the gap to the other variant, seed by seed', () => {
    const { cells, columns } = gapColumns(points, 'softmax', 'identification.rank1');
    expect(columns.map(({ key, title }) => [key, title])).toEqual([['against', 'rank-1, softmax'], ['gap', 'gap to softmax']]);
    expectClose(cells.map(({ gap }) => (gap as { mean: number }).mean), [0.15, 0.15, -0.25]);
    expectClose(cells.map(({ against }) => (against as { mean: number }).mean), [0.45, 0.55, 0.4]);
    expectClose((cells[0]?.['gap'] as { perSeed: readonly number[] }).perSeed, [0.1, 0.2]);
  });

  it('counts the points at which the variant is the better one', () => {
    expect(gapColumns(points, 'softmax', 'identification.rank1').says).toBe('On the mean above softmax at 2 of 3 points, with every seed at 1');
    expect(gapColumns(points, 'softmax', 'geometry.overlap').says).toBe('On the mean below softmax at 1 of 3 points, with every seed at 1');
  });

  it('gives two seeds no interval, and three the t interval', () => {
    expect(gapColumns(points, 'softmax', 'identification.rank1').cells[0]?.['gap']).not.toHaveProperty('low');
    const [three] = gapColumns([{ found: runs(0.5, 0.6, 0.7), other: runs(0.4, 0.4, 0.4) }], 'softmax', 'identification.rank1').cells;
    // 0.2 -+ 4.302653 * 0.1 / sqrt(3)
    expectClose([(three?.['gap'] as { low: number }).low, (three?.['gap'] as { high: number }).high], [-0.048414, 0.448414]);
  });

  it('leaves points without runs of both out of the count', () => {
    const { cells, says } = gapColumns([...points, { found: runs(0.5), other: [] }], 'softmax', 'identification.rank1');
    expect(cells[3]).toEqual({ against: 'missing', gap: 'missing' });
    expect(says).toContain('2 of 3 points');
  });
});
