import { describe, expect, it } from '@jest/globals';
import { expectClose } from '@hypersphere/testing';

import {
  bootstrapMean, detectableGap, equivalence, gapOf, gapOverSeedsAndClasses, holm, kendallTauB, pairedGap, pairedPower, pearson,
  rankAgreement, sampleDeviation, spearman, spreadRatio, tInterval,
} from '../../src/statistics';
import { draws } from '../../src/random';
import { normalCdf } from '../../src/statistics/detectable-gap';
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
    expect(() => spreadRatio([1], [1], { seed: 0 })).toThrow('spreadRatio: needs the same two seeds or more on both sides, got 1 and 1');
    expect(() => gapOverSeedsAndClasses([[1, 2], [1]], { seed: 0 })).toThrow('gapOverSeedsAndClasses: needs equally many replicates for every seed, got 2, 1');
    expect(() => rankAgreement({ published: [1, 2], ours: [[1]], seed: 0 })).toThrow('rankAgreement: needs 2 rows of 1 seeds each, got 1');
  });
});

describe('bootstraps', () => {
  it('of a mean bracket it and repeat by seed', () => {
    const found = bootstrapMean([0.1, 0.2, 0.15, 0.12], { seed: 1 });
    expect(found.low).toBeGreaterThanOrEqual(0.1);
    expect(found.high).toBeLessThanOrEqual(0.2);
    expect(found.p).toBeCloseTo(1 / 2001);
    expect(bootstrapMean([0.1, 0.2, 0.15, 0.12], { seed: 1 })).toEqual(found);
    expect(bootstrapMean([0.1, -0.1, 0.1, -0.1], { seed: 1 }).p).toBeGreaterThan(0.5);
  });

  it('of spreads tell a steady variant', () => {
    const steady = [0.5, 0.501, 0.499, 0.5005, 0.4995, 0.5, 0.501, 0.499];
    const other = [0.4, 0.6, 0.5, 0.3, 0.7, 0.45, 0.55, 0.6];
    const found = spreadRatio(steady, other, { seed: 2 });
    expectClose(found.ratio, sampleDeviation(steady) / sampleDeviation(other));
    expect(found.high).toBeLessThan(1);
    expect(spreadRatio(steady, [1, 1, 1, 1, 1, 1, 1, 1], { seed: 2 }).ratio).toBeNaN();
  });

  it('of seeds and classes are wider than of seeds', () => {
    const { uniform } = draws(9, 'test');
    const classes = Array.from({ length: 200 }, () => 0.2 * (uniform() - 0.5));
    const gaps = [0.1, 0.11, 0.09, 0.1].map((gap) => classes.map((shift) => gap + shift));
    const both = gapOverSeedsAndClasses(gaps, { seed: 3 });
    const seeds = bootstrapMean([0.1, 0.11, 0.09, 0.1], { seed: 3 });
    expect(both.high - both.low).toBeGreaterThan(5 * (seeds.high - seeds.low));
  });

  it('of ranks are not given where all rows are equal, and leave out resamples in which they are', () => {
    const published = [1, 2, 3, 4, 5];
    expect(rankAgreement({ published, ours: published.map(() => [1, 1]), seed: 0 })).toBeUndefined();
    expect(rankAgreement({ published, ours: published.map((at) => [1, at]), seed: 0 })).toEqual({ tau: 1, rows: 5, low: 1, high: 1 });
  });

  it('of ranks are not given below five rows', () => {
    expect(rankAgreement({ published: [1, 2, 3, 4], ours: [[1], [2], [3], [4]], seed: 0 })).toBeUndefined();
    const ours = [[1, 1.4], [1.2, 1.5], [3, 3], [4, 4.1], [5, 5]];
    expect(rankAgreement({ published: [1, 2, 3, 4, 5], ours, seed: 0 })).toMatchObject({ tau: 1, rows: 5, low: 1, high: 1 });
    const noisy = rankAgreement({ published: [1, 2, 3, 4, 5], ours: [[1, 9], [2, 1], [3, 3], [4, 0], [5, 5]], seed: 0 })!;
    expect(noisy.low).toBeLessThan(noisy.high);
  });
});

it('covers the true mean in about 95 of 100 samples', () => {
  const { uniform } = draws(11, 'coverage');
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  let covered = 0;
  for (let sample = 0; sample < 2000; sample++) {
    const { low, high } = tInterval(Array.from({ length: 5 }, normal));
    if (low < 0 && high > 0) covered++;
  }
  expect(Math.abs(covered / 2000 - 0.95)).toBeLessThan(0.015);
});
