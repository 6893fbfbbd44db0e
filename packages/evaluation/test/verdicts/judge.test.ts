import { describe, expect, it } from '@jest/globals';
import { expectClose } from '@hypersphere/testing';

import {
  above, aboveAll, diverges, exact, gapGrows, gapOf, holmVerdicts, judge, level, notBelow, notHere, pairedGap, peaksInside, rises, steadier, variantsOf,
  type Expectation, type Scores, type SeedScore,
} from '../../src';

type Values = readonly (number | 'collapsed')[];

/** Scores of named variants, seeds 0, 1, ... */
function scoresOf<V extends string>(table: Record<V, Values>): Scores<V> {
  return (variant) => table[variant].map((value, seed): SeedScore => (value === 'collapsed' ? { seed, collapsed: true } : { seed, value }));
}
const standard = { standard: true, chance: { 'verification.auc': 0.5, 'verification.eer': 0.5 } } as const;
const auc = 'verification.auc';
const table = {
  good: [0.9, 0.91, 0.92, 0.9, 0.91],
  better: [0.95, 0.955, 0.972, 0.95, 0.96],
  same: [0.901, 0.909, 0.92, 0.901, 0.91],
  wild: [0.7, 0.99, 0.8, 0.95, 0.91],
};
const verdictOf = <V extends string>(expectation: Expectation<V>, scores: Scores<V>): string => judge(expectation, scores, standard).verdict;

describe('above', () => {
  it.each([['better', 'good', 'holds'], ['good', 'better', 'fails'], ['wild', 'good', 'undecided']] as const)('%s above %s: %s', (a, b, verdict) => {
    const found = judge(above(a, b, auc), scoresOf(table), standard);
    const gap = pairedGap(table[a], table[b]);
    expect(found).toMatchObject({ verdict, method: 't', seeds: 5, gaps: gap.gaps, p: gap.p, interval: { low: gap.low, high: gap.high } });
    expect(found.detectableGap).toBeGreaterThan(0);
  });

  it('turns round where lower is better', () => {
    expect(verdictOf(above('good', 'better', 'verification.eer'), scoresOf(table))).toBe('holds');
    expect(verdictOf(above('better', 'good', 'verification.eer'), scoresOf(table))).toBe('fails');
  });

  it('pairs by seed, not by place, and leaves out seeds that only one has', () => {
    const scores: Scores<'a' | 'b'> = (variant) => variant === 'a'
      ? [{ seed: 2, value: 0.9 }, { seed: 0, value: 0.5 }, { seed: 1, value: 0.7 }, { seed: 9, value: 0 }]
      : [{ seed: 0, value: 0.4 }, { seed: 1, value: 0.61 }, { seed: 2, value: 0.79 }];
    const found = judge(above('a', 'b', auc), scores, standard);
    expectClose(found.gaps!, [0.1, 0.09, 0.11]);
    expect(found.note).toBe('seeds that not all variants have are left out');
  });

  it('gives the interval with classes resampled, too', () => {
    const replicates = (shift: number) => Array.from({ length: 50 }, (_, r) => 0.9 + shift + 0.001 * Math.sin(r));
    const scores: Scores<'a' | 'b'> = (variant) => [0, 1, 2].map((seed) => ({ seed, value: variant === 'a' ? 0.95 : 0.9, replicates: replicates(variant === 'a' ? 0.05 : 0) }));
    const { withClasses } = judge(above('a', 'b', auc), scores, standard);
    expectClose([withClasses!.low, withClasses!.high], [0.05, 0.05]);
    expect(judge(above('better', 'good', auc), scoresOf(table), standard).withClasses).toBeUndefined();
  });
});

describe('below three seeds, or outside standard', () => {
  const two = { good: [0.9, 0.91], better: [0.95, 0.96], one: [0.9] };

  it('says the direction only', () => {
    const seen = judge(above('better', 'good', auc), scoresOf(two), standard);
    expect(seen).toMatchObject({ verdict: 'direction seen', note: '2 seeds, not judged', seeds: 2 });
    expect([seen.p, seen.interval, seen.detectableGap]).toEqual([undefined, undefined, undefined]);
    expect(judge(above('good', 'better', auc), scoresOf(two), standard).verdict).toBe('not seen');
    expect(judge(rises(['one', 'better'], auc), scoresOf(two), standard)).toMatchObject({
      verdict: 'direction seen', note: '1 seed, not judged; seeds that not all variants have are left out',
    });
  });

  it('does not judge other profiles', () => {
    const found = judge(above('better', 'good', auc), scoresOf(table), { standard: false });
    expect(found).toMatchObject({ verdict: 'direction seen', note: 'not judged: only the standard profile is' });
  });

  it('sees level and spread', () => {
    expect(judge(level('good', 'better', 0.06, auc), scoresOf(two), standard).verdict).toBe('direction seen');
    expect(judge(level('good', 'better', 0.04, auc), scoresOf(two), standard).verdict).toBe('not seen');
    expect(judge(steadier('one', 'good', auc), scoresOf(two), standard).verdict).toBe('not seen');
    expect(judge(steadier('good', 'wild', auc), scoresOf({ good: [0.9, 0.91], wild: [0.5, 0.9] }), standard).verdict).toBe('direction seen');
  });
});

describe('rises', () => {
  it('judges the ends and shows each step', () => {
    const found = judge(rises(['good', 'wild', 'better'], auc), scoresOf(table), standard);
    expect(found.verdict).toBe('holds');
    expect(found.steps!.map(({ from, to }) => `${from} ${to}`)).toEqual(['good wild', 'wild better']);
    expectClose(found.steps!.map((step) => step.mean), [-0.038, 0.0874]);
    expect(verdictOf(rises(['better', 'wild', 'good'], auc), scoresOf(table))).toBe('fails');
  });
});

describe('level', () => {
  it.each([[0.005, 'holds'], [0.0001, 'undecided']] as const)('same and good within %f: %s', (delta, verdict) => {
    expect(verdictOf(level('same', 'good', delta, auc), scoresOf(table))).toBe(verdict);
  });

  it('fails when the interval lies beyond delta', () => {
    const found = judge(level('better', 'good', 0.01, auc), scoresOf(table), standard);
    expect(found.verdict).toBe('fails');
    expect(found.p!).toBeLessThan(0.05);
  });
});

describe('aboveAll', () => {
  it('holds if each gap is above 0, and shows the smallest', () => {
    const found = judge(aboveAll('better', ['good', 'same'], auc), scoresOf({ ...table, good: table.good.map((value) => value + 0.01) }), standard);
    expect(found).toMatchObject({ verdict: 'holds', note: 'the smallest gap is to good' });
    expectClose(found.mean!, 0.0394);
    expect(found.p).toBe(pairedGap(table.better, table.good.map((value) => value + 0.01)).p);
  });

  it('fails if one of them is below 0, else is undecided', () => {
    expect(verdictOf(aboveAll('good', ['wild', 'better'], auc), scoresOf(table))).toBe('fails');
    expect(verdictOf(aboveAll('better', ['good', 'wild'], auc), scoresOf(table))).toBe('undecided');
  });

  it('corrects for the number of gaps before it fails', () => {
    // against the first alone: p = 0.0367 (scipy.stats.ttest_1samp)
    const scores = scoresOf({ a: [0.5, 0.5, 0.5, 0.5, 0.5], b: [0.51, 0.53, 0.5, 0.52, 0.53], c: [0.5, 0.5, 0.5, 0.5, 0.499] });
    expect(verdictOf(aboveAll('a', ['b'], auc), scores)).toBe('fails');
    expect(verdictOf(aboveAll('a', ['b', 'c'], auc), scores)).toBe('undecided');
  });
});

describe('notBelow', () => {
  it.each([['same', 'good', 0.005, 'holds'], ['better', 'good', 0.001, 'holds'], ['good', 'better', 0.01, 'fails'], ['wild', 'good', 0.01, 'undecided']] as const)('%s against %s less %f: %s', (a, b, delta, verdict) => {
    const found = judge(notBelow(a, b, delta, auc), scoresOf(table), standard);
    const { low, high } = pairedGap(table[a], table[b]);
    expect(found.verdict).toBe(verdict);
    expectClose([found.interval!.low, found.interval!.high], [low, high]);
    expect(found.p).toBeCloseTo(pairedGap(table[a].map((value) => value + delta), table[b]).p, 10);
  });

  it('turns round where lower is better', () => {
    expect(verdictOf(notBelow('better', 'good', 0.01, 'verification.eer'), scoresOf(table))).toBe('fails');
    expect(verdictOf(notBelow('good', 'better', 0.01, 'verification.eer'), scoresOf(table))).toBe('holds');
  });
});

describe('peaksInside', () => {
  it('asks the best inner point against both ends', () => {
    const found = judge(peaksInside(['good', 'wild', 'better', 'same'], auc), scoresOf(table), standard);
    expect(found).toMatchObject({ verdict: 'holds', note: 'best inside: better, corrected as the best of 2' });
    expect(found.steps).toHaveLength(3);
    expect(verdictOf(peaksInside(['better', 'good', 'same'], auc), scoresOf(table))).toBe('fails');
    expect(verdictOf(peaksInside(['good', 'wild', 'same'], auc), scoresOf(table))).toBe('undecided');
  });
});

describe('gapGrows', () => {
  it('compares the gaps of two pairs', () => {
    const found = judge(gapGrows(['same', 'good'], ['better', 'good'], auc), scoresOf(table), standard);
    expect(found.verdict).toBe('holds');
    expectClose(found.mean!, 0.0492);
    expect(verdictOf(gapGrows(['better', 'good'], ['same', 'good'], auc), scoresOf(table))).toBe('fails');
  });
});

describe('the best of several', () => {
  it('clears both ends by an interval that is corrected for the choice', () => {
    const values = { low: [0.1, 0.2, 0.15], a: [0.9, 0.93, 0.92], b: [0.9, 0.905, 0.9], end: [0.88, 0.9, 0.88] };
    const found = judge(peaksInside(['low', 'a', 'b', 'end'], auc), scoresOf(values), standard);
    const alone = pairedGap(values.a, values.end);
    const corrected = pairedGap(values.a, values.end, 0.975);
    expect(alone.p).toBeLessThan(0.05);
    expect(found).toMatchObject({ verdict: 'undecided', note: 'best inside: a, corrected as the best of 2', interval: { low: corrected.low, high: corrected.high } });
    expectClose(found.p!, 2 * alone.p);
    expect(judge(peaksInside(['low', 'a', 'end'], auc), scoresOf(values), standard)).toMatchObject({ verdict: 'holds', note: 'best inside: a' });
  });
});

describe('steadier', () => {
  it('is not judged where runs collapsed', () => {
    const found = judge(steadier('steady', 'broken', auc), scoresOf({ steady: [0.9, 0.901, 0.9, 0.899], broken: [0.9, 'collapsed', 0.8, 'collapsed'] }), standard);
    expect(found).toMatchObject({ verdict: 'undecided', p: 1, note: 'spreads with collapsed runs are not judged', collapsed: { steady: 0, broken: 2 } });
  });

  const many = { steady: [0.9, 0.901, 0.899, 0.9, 0.901, 0.9], wild: [0.7, 0.99, 0.8, 0.95, 0.6, 0.91] };

  it('takes the ratio of spreads', () => {
    const found = judge(steadier('steady', 'wild', auc), scoresOf(many), standard);
    expect(found).toMatchObject({ verdict: 'holds', method: 'jackknife' });
    expect(found.mean!).toBeLessThan(0.05);
    expect(verdictOf(steadier('wild', 'steady', auc), scoresOf(many))).toBe('fails');
    expect(verdictOf(steadier('wild', 'wild', auc), scoresOf(many))).toBe('undecided');
    expect(judge(steadier('wild', 'flat', auc), scoresOf({ ...many, flat: [1, 1, 1, 1, 1, 1] }), standard).note).toBe('the other variant does not vary');
  });
});

describe('collapsed runs', () => {
  const some = { good: [0.9, 0.91, 0.92, 0.9, 0.91], broken: [0.95, 'collapsed', 0.93, 0.94, 'collapsed'] } as const;

  it('enter at chance, are counted, and the interval is Student\'s', () => {
    const found = judge(above('broken', 'good', auc), scoresOf(some), standard);
    expectClose(found.gaps!, [0.05, -0.41, 0.01, 0.04, -0.41]);
    expect(found).toMatchObject({ verdict: 'undecided', method: 't', collapsed: { broken: 2, good: 0 } });
    expect(found.interval).toEqual((({ low, high }) => ({ low, high }))(gapOf(found.gaps!)));
  });

  it('make level hold within a wide delta only', () => {
    expect(judge(level('broken', 'good', 0.5, auc), scoresOf(some), standard)).toMatchObject({ verdict: 'holds', method: 't' });
    expect(judge(level('broken', 'good', 0.01, auc), scoresOf(some), standard).verdict).toBe('undecided');
  });

  it('cannot be compared where the metric has no chance value', () => {
    const found = judge(above('good', 'broken', 'geometry.intraAngle'), scoresOf(some), standard);
    expect(found).toMatchObject({ verdict: 'undecided', note: 'runs collapsed and geometry.intraAngle cannot be compared' });
  });

  it('are what diverges asks for', () => {
    const scores = scoresOf({ all: ['collapsed', 'collapsed', 'collapsed'], some: [0.9, 'collapsed', 0.8], none: [0.9, 0.9, 0.8], one: ['collapsed'], missing: [] });
    expect(judge(diverges('all'), scores, standard)).toMatchObject({ verdict: 'holds', note: '3 of 3 runs collapsed', collapsed: { all: 3 } });
    expect(verdictOf(diverges('some'), scores)).toBe('undecided');
    expect(verdictOf(diverges('none'), scores)).toBe('fails');
    expect(verdictOf(diverges('all', 'none'), scores)).toBe('undecided');
    expect(judge(diverges('one'), scores, standard)).toMatchObject({ verdict: 'direction seen', note: '1 seed, not judged; 1 of 1 runs collapsed' });
    expect(verdictOf(diverges('missing'), scores)).toBe('not tested');
  });
});

describe('without runs', () => {
  it('is not tested', () => {
    expect(judge(notHere('needs faces'), scoresOf({}), standard)).toEqual({ verdict: 'not tested', note: 'needs faces' });
    expect(judge(above('a', 'b', auc), scoresOf({ a: [], b: [1] }), standard)).toMatchObject({ verdict: 'not tested', note: 'no runs of a, b share a seed' });
  });

  it('is proved by a test', () => {
    const judged = (tests?: Record<string, boolean>): string => judge(exact('margin of two classes'), scoresOf({}), { standard: true, tests }).verdict;
    expect([judged({ 'margin of two classes': true }), judged({ 'margin of two classes': false }), judged()]).toEqual(['holds', 'fails', 'not tested']);
  });
});

describe('Holm within a paper', () => {
  it('keeps only what survives the number of claims', () => {
    const p = (value: number, verdict: 'holds' | 'fails' | 'undecided' = 'holds') => ({ verdict, p: value });
    const found = holmVerdicts({ a: p(0.001), b: p(0.02), c: p(0.03, 'fails'), d: p(0.6, 'undecided'), e: { verdict: 'not tested' }, f: { verdict: 'holds' } });
    expect(found).toEqual({
      a: { verdict: 'holds', p: 0.004 }, b: { verdict: 'undecided', p: 0.06 }, c: { verdict: 'undecided', p: 0.06 },
      d: { verdict: 'undecided', p: 0.6 }, e: { verdict: 'not tested' }, f: { verdict: 'holds' },
    });
  });
});

it('checks expectations where they are written', () => {
  expect(() => rises(['a'], auc)).toThrow('rises: needs 2 variants or more, got 1');
  expect(() => peaksInside(['a', 'b'], auc)).toThrow('peaksInside: needs 3 variants or more, got 2');
  expect(() => level('a', 'b', 0, auc)).toThrow('level: delta must be above 0, got 0');
  expect(variantsOf(gapGrows(['a', 'b'], ['c', 'd'], auc))).toEqual(['a', 'b', 'c', 'd']);
  // @ts-expect-error: a variant that is not in the table does not compile
  const wrong: Expectation<'a' | 'b'> = above('a', 'c', auc);
  // @ts-expect-error: nor does an unknown metric
  const unknown = above('a', 'b', 'verification.acc');
  expect([wrong.kind, unknown.kind]).toEqual(['above', 'above']);
});
