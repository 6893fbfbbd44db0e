import { describe, expect, it } from '@jest/globals';
import { expectClose } from '@hypersphere/testing';

import { auc } from '../../src/verification/auc';
import { equalErrorRate } from '../../src/verification/eer';
import { rocCounter, rocCounts } from '../../src/verification/roc-counts';
import { rocSeries } from '../../src/verification/roc-series';
import { tarAtFar, tarAtNearestFar } from '../../src/verification/tar-at-far';
import { highestFirst } from '../../src/verification/highest-first';
import { draws } from '../../src/random';
import golden from '../golden/verification.json';

const exact = { rtol: 1e-12, atol: 1e-12 };

describe.each(golden.cases)('ROC: $name', (c) => {
  const counts = rocCounts(c.genuine, c.impostor);

  it('has the area of scikit-learn', () => expectClose(auc(counts), c.auc, exact));
  it('has the equal error rate of the interpolated curve', () => expectClose(equalErrorRate(counts), c.eer, exact));
  it.each(Object.entries(c.strict))('has the strict TAR at FAR %s', (far, tar) => {
    expectClose(tarAtFar(counts, Number(far)), tar, exact);
  });
  it.each(Object.entries(c.nearest))('has the TAR at the FAR nearest to %s', (far, tar) => {
    expectClose(tarAtNearestFar(counts, Number(far)), tar, exact);
  });
  it('depends on the order of scores only', () => {
    const other = rocCounts(c.genuine.map((s) => Math.exp(3 * s) - 9), c.impostor.map((s) => Math.exp(3 * s) - 9));
    expect([auc(other), equalErrorRate(other), tarAtFar(other, 0.1)]).toEqual([auc(counts), equalErrorRate(counts), tarAtFar(counts, 0.1)]);
  });
});

describe('the worked example', () => {
  const { genuine, impostor } = golden.cases[0]!;
  const counts = rocCounts(genuine, impostor);

  it('gives the printed values', () => {
    expect(auc(counts)).toBe(0.9296875);
    expect([0.1, 0.25, 0.01].map((far) => tarAtFar(counts, far))).toEqual([0.75, 0.875, 0.625]);
    expect(tarAtNearestFar(counts, 0.1)).toBe(0.875);
    expect(equalErrorRate(counts)).toBe(0.125);
  });

  it('needs the highest impostors only', () => {
    const counter = rocCounter(genuine, 3);
    counter.add(impostor, 0, 10);
    counter.add(impostor, 10, impostor.length);
    const short = counter.counts();
    expect([...short.tail]).toEqual([0.61, 0.52, 0.44]);
    expect(auc(short)).toBe(0.9296875);
    expect(tarAtNearestFar(short, 0.1)).toBe(0.875);
  });

  it('is drawn from FAR 1/16 to 1, rising', () => {
    const series = rocSeries(counts);
    expect(series.far).toHaveLength(81);
    expectClose([series.far[0]!, series.far[80]!, series.tar[0]!, series.tar[80]!], [1 / 16, 1, 0.75, 1]);
    expect(series.tar[series.far.indexOf(0.1)]).toBe(tarAtFar(counts, 0.1));
    expect([...series.tar].sort((a, b) => a - b)).toEqual(series.tar);
    expect([series.genuine, series.impostors]).toEqual([8, 16]);
  });
});

it('accepts an impostor at the threshold: a tie at the border is not below the FAR', () => {
  const counts = rocCounts([0.5, 0.9], [0.5, 0.1, 0.1, 0.1]);
  expect(tarAtFar(counts, 0.25)).toBe(1);
  expect(tarAtFar(counts, 0.24)).toBe(0.5);
});

it('takes the larger of two equally near FARs', () => {
  const counts = rocCounts([0.9, 0.5, 0.3], [0.7, 0.4, 0.2, 0.1]);
  expect(tarAtNearestFar(counts, 0.125)).toBe(2 / 3);
  expect(tarAtNearestFar(counts, 0.124)).toBe(1 / 3);
});

it('places scores exactly, however the genuine ones are spread', () => {
  const genuine = [0, 1e-9, 2e-9, 0.1, 0.1 + 1e-12, 0.999999, 1];
  const impostors = [-1, 0, 0.5e-9, 1.5e-9, 0.1, 0.1 + 1e-12, 0.5, 1, 2];
  const { thresholds, impostorsAbove, impostorsFrom } = rocCounts(genuine, impostors);
  expect([...impostorsAbove]).toEqual([...thresholds].map((t) => impostors.filter((s) => s > t).length));
  expect([...impostorsFrom]).toEqual([...thresholds].map((t) => impostors.filter((s) => s >= t).length));
});

it.each([1, 2, 50, 99, 100])('finds the %i highest of a hundred numbers with ties', (count) => {
  const { integer } = draws(count, 'highest');
  const values = Float64Array.from({ length: 100 }, () => integer(30));
  const sorted = values.slice().sort().reverse();
  expect(highestFirst(values, count)).toBe(sorted[count - 1]);
  expect(values.slice(0, count).sort().reverse()).toEqual(sorted.slice(0, count));
});
