import { describe, expect, it } from '@jest/globals';
import { expectClose } from '@hypersphere/testing';

import {
  detectableGap, equivalence, gapOf, gapOverSeedsAndClasses, holm, kendallTauB, pairedGap, pairedPower, pearson,
  rankAgreement, sampleDeviation, spearman, spreadRatio, tInterval,
} from '../../src/statistics';
import { normalCdf } from '../../src/statistics/normal';
import { oneSidedP } from '../../src/statistics/paired-gap';
import golden from '../golden/statistics.json';

const tight = { rtol: 1e-9, atol: 1e-12 };

it.each(golden.intervals)('t interval of $values at $level', ({ values, level, low, high, sd }) => {
  const found = tInterval(values, level);
  expectClose([found.low, found.high, found.sd], [low, high, sd], tight);
});

describe.each(golden.pairs)('paired gap of $a and $b', ({ a, b, mean, p, low, high, tost }) => {
  it('agrees with SciPy', () => {
    const found = pairedGap(a, b);
    expectClose([found.mean, found.p, found.low, found.high], [mean, p, low, high], tight);
    expect(found.gaps).toHaveLength(a.length);
  });

  it.each(tost)('is level within $delta as statsmodels says', ({ delta, p: wanted }) => {
    const found = equivalence(pairedGap(a, b).gaps, delta);
    expectClose(found.p, wanted, tight);
    expect(found.level).toBe(wanted < 0.05);
  });
});

it.each(golden.power)('effect that $n pairs find with power $power', ({ n, power, effect }) => {
  expectClose(detectableGap(1, n, power), effect, { rtol: 1e-5 });
});

it.each(golden.powerAt)('power of $n pairs at effect $effect', ({ n, effect, power }) => {
  expectClose(pairedPower(effect, n), power, { rtol: 1e-7 });
});

it('scales the detectable gap by the deviation, and has none for one pair', () => {
  expectClose(detectableGap(0.02, 5), 0.02 * detectableGap(1, 5));
  expect(detectableGap(0.02, 1)).toBe(Infinity);
});

it.each(golden.normal)('normal distribution at $x', ({ x, cdf }) => expectClose(normalCdf(x), cdf, { rtol: 1e-6, atol: 1e-15 }));
it.each(golden.holm)('Holm of $p', ({ p, adjusted }) => expectClose(holm(p), adjusted, tight));
it.each(golden.kendall)('correlations of $x and $y', (c) => {
  expectClose([kendallTauB(c.x, c.y), pearson(c.x, c.y), spearman(c.x, c.y)], [c.tau, c.pearson, c.spearman], tight);
});

it.each(golden.oneSided)('one-sided p of $a less $b at $border', ({ a, b, border, above, below }) => {
  const { gaps } = pairedGap(a, b);
  expectClose([oneSidedP(gaps, border, 'above'), oneSidedP(gaps, border, 'below')], [above, below], tight);
});

it.each(golden.spreads)('ratio of spreads of $a and $b', ({ a, b, ...wanted }) => {
  const found = spreadRatio(a, b);
  expectClose([found.ratio, found.low, found.high, found.p], [wanted.ratio, wanted.low, wanted.high, wanted.p], tight);
});

it.each(golden.crossed)('gap $gaps over seeds and classes', ({ gaps, replicates, low, high }) => {
  const found = gapOverSeedsAndClasses({ gaps, replicates });
  expectClose([found.low, found.high], [low, high], tight);
  const withGap = replicates.map((run) => [...run, NaN]);
  expect(gapOverSeedsAndClasses({ gaps, replicates: withGap })).toEqual(found);
});

it.each(golden.ranks)('order of rows, published $published', ({ published, ours, tau, low, high }) => {
  const found = rankAgreement({ published, ours })!;
  expectClose([found.tau, found.low, found.high], [tau, low, high], tight);
  expect([found.rows, found.seeds]).toEqual([ours.length, ours[0]!.length]);
});

describe('boundaries', () => {
  it('one value has no interval', () => {
    expect(tInterval([0.5])).toEqual({ mean: 0.5, sd: NaN, n: 1, low: -Infinity, high: Infinity });
    expect(gapOf([0.5]).p).toBe(1);
    expect(equivalence([0], 0.1)).toMatchObject({ p: 1, level: false });
    expect(sampleDeviation([1])).toBeNaN();
  });

  it('equal gaps are certain, no gap is none', () => {
    expect(gapOf([0.25, 0.25, 0.25])).toMatchObject({ low: 0.25, high: 0.25, p: 0 });
    expect(gapOf([0, 0, 0])).toMatchObject({ low: 0, high: 0, p: 1 });
  });

  it('says what is wrong', () => {
    expect(() => tInterval([])).toThrow('tInterval: needs at least one value, got none');
    expect(() => pairedGap([1, 2], [1])).toThrow('pairedGaps: needs the same seeds on both sides, got 2 and 1');
    expect(() => equivalence([1, 2], 0)).toThrow('equivalence: delta must be above 0, got 0');
    expect(() => spreadRatio([1, 2], [1, 2])).toThrow('spreadRatio: needs the same three seeds or more on both sides, got 2 and 2');
    expect(() => gapOverSeedsAndClasses({ gaps: [1, 2], replicates: [[1, 2], [1]] })).toThrow('gapOverSeedsAndClasses: needs two seeds or more and equally many replicates for each, got 2 seeds with 2, 1 replicates');
    expect(() => rankAgreement({ published: [1, 2], ours: [[1]] })).toThrow('rankAgreement: needs 2 rows of 1 seeds each, got 1');
  });
});

describe('spreads', () => {
  it('tell a steady variant', () => {
    const steady = [0.5, 0.501, 0.499, 0.5005, 0.4995, 0.5, 0.501, 0.499];
    const other = [0.4, 0.6, 0.5, 0.3, 0.7, 0.45, 0.55, 0.6];
    expect(spreadRatio(steady, other).high).toBeLessThan(1);
    const [found, turned] = [spreadRatio(steady, other), spreadRatio(other, steady)];
    expectClose([turned.ratio, turned.low, turned.high], [1 / found.ratio, 1 / found.high, 1 / found.low]);
  });

  it('have no interval where a side does not vary', () => {
    expect(spreadRatio([1, 2, 3], [1, 1, 1])).toEqual({ ratio: NaN, low: 0, high: Infinity, p: 1 });
    expect(spreadRatio([1, 1, 1], [1, 2, 3])).toEqual({ ratio: 0, low: 0, high: Infinity, p: 1 });
    expect(spreadRatio([1, 2, 3], [1, 1, 2])).toMatchObject({ low: 0, high: Infinity, p: 1 }); // without the last seed
  });
});

describe('seeds and classes', () => {
  it('without replicates that have a value for all seeds: no interval', () => {
    expect(gapOverSeedsAndClasses({ gaps: [1, 2], replicates: [[1, NaN, 1], [NaN, 1, 1]] })).toEqual({ low: NaN, high: NaN });
  });

  it('that do not vary give the gap itself', () => {
    expect(gapOverSeedsAndClasses({ gaps: [0.5, 0.5], replicates: [[0.5, 0.5], [0.5, 0.5]] })).toEqual({ low: 0.5, high: 0.5 });
  });

  it('are no narrower than seeds alone', () => {
    const gaps = [0.1, 0.12, 0.09];
    const both = gapOverSeedsAndClasses({ gaps, replicates: gaps.map((gap) => [gap, gap]) });
    const seeds = gapOf(gaps);
    expectClose([both.low, both.high], [seeds.low, seeds.high]);
  });
});

describe('order of rows', () => {
  const published = [1, 2, 3, 4, 5];

  it('is not given below five rows, nor where all rows are equal', () => {
    expect(rankAgreement({ published: [1, 2, 3, 4], ours: [[1], [2], [3], [4]] })).toBeUndefined();
    expect(rankAgreement({ published, ours: published.map(() => [1, 1]) })).toBeUndefined();
    expect(rankAgreement({ published, ours: published.map(() => []) })).toBeUndefined();
  });

  it('is certain where all gaps are, open where none is, and the point itself for one seed', () => {
    expect(rankAgreement({ published, ours: published.map((at) => [at, at + 0.01, at - 0.01]) })).toEqual({ tau: 1, rows: 5, seeds: 3, low: 1, high: 1 });
    expect(rankAgreement({ published, ours: published.map((at) => [at, 6 - at + 0.1 * at]) })).toMatchObject({ low: -1, high: 1 });
    expect(rankAgreement({ published, ours: published.map((at) => [at]) })).toEqual({ tau: 1, rows: 5, seeds: 1, low: 1, high: 1 });
  });
});
