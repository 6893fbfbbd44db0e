import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { expectClose } from '@hypersphere/testing';

import { binnedRoc } from '../../src/bootstrap/binned-roc';
import { classMultiplicities } from '../../src/bootstrap/multiplicities';
import { binOf, BINS, emptyPairBins } from '../../src/bootstrap/pair-bins';
import { pairBootstrap } from '../../src/bootstrap/pair-bootstrap';
import { classInterval } from '../../src/bootstrap/class-interval';
import { quantile } from '../../src/bootstrap/quantile';
import { weightedMeans } from '../../src/bootstrap/weighted-mean';
import { classOrder } from '../../src/classes';
import { allPairs } from '../../src/verification/all-pairs';
import { embedded, groups } from '../embedded';
import golden from '../golden/embeddings.json';
import statistics from '../golden/statistics.json';

beforeAll(() => tf.setBackend('cpu'));

describe('bootstrap of pairs over classes against scikit-learn with sample weights', () => {
  const fars = [0.25, 0.1, 0.05, 0.01, 0.001];
  const replicates = () => {
    const store = emptyPairBins(embedded.labels.length);
    const groupAt = classOrder(embedded.labels).order.map((sample) => groups[sample]!);
    const { genuine, classes } = allPairs({
      ...embedded,
      groups,
      onImpostors: ({ first, from, to, values, offset }) => {
        for (let second = from; second < to; second++) {
          store.bins[store.offsets[first]! + second] = binOf(values[offset + second]!) | (groupAt[first] === groupAt[second] ? 0x8000 : 0);
        }
      },
    });
    return pairBootstrap({ genuine, classes, pairs: store, fars }, golden.bootstrap.map(({ weights }) => Float64Array.from(weights)));
  };

  it.each([0, 1, 2])('replicate %i', (at) => {
    const found = replicates()[at]!;
    for (const which of ['all', 'sameGroup'] as const) {
      const wanted = golden.bootstrap[at]![which];
      expectClose([found[which].auc, found[which].eer], [wanted.auc, wanted.eer]);
      expectClose(found[which].tars, fars.map((far) => wanted.strict[String(far) as keyof typeof wanted.strict]));
    }
  });
});

it('every class drawn once gives the plain values', () => {
  const multiplicities = [new Float64Array(12).fill(1)];
  const { genuine, classes } = allPairs(embedded);
  const store = emptyPairBins(embedded.labels.length);
  allPairs({
    ...embedded,
    onImpostors: ({ first, from, to, values, offset }) => {
      for (let second = from; second < to; second++) store.bins[store.offsets[first]! + second] = binOf(values[offset + second]!);
    },
  });
  const [found] = pairBootstrap({ genuine, classes, pairs: store, fars: [0.1] }, multiplicities);
  expectClose([found!.all.auc, found!.all.eer, found!.all.tars[0]!], [golden.all.auc, golden.all.eer, golden.all.strict['0.1']]);
});

it('draws as many classes as there are, by seed', () => {
  const drawn = classMultiplicities(50, 200, 7);
  for (const weights of drawn) expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(50);
  expect(classMultiplicities(50, 200, 7)).toEqual(drawn);
  expect(classMultiplicities(50, 200, 8)).not.toEqual(drawn);
  const missing = drawn.flatMap((weights) => [...weights]).filter((weight) => weight === 0).length / (50 * 200);
  expect(Math.abs(missing - (1 - 1 / 50) ** 50)).toBeLessThan(0.02);
});

it('gives each pair its own place', () => {
  const { bins, offsets } = emptyPairBins(5);
  const places = [0, 1, 2, 3].flatMap((i) => [1, 2, 3, 4].filter((j) => j > i).map((j) => offsets[i]! + j));
  expect(places).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(bins).toHaveLength(10);
  expect([-1.0001, -1, 0, 1, 1.0001].map(binOf)).toEqual([0, 0, BINS / 2, BINS - 1, BINS - 1]);
});

it('weighs means by class', () => {
  const values = { values: [1, 0, 0.5, 1], classOf: [0, 0, 1, 2] };
  expectClose(weightedMeans(values, [Float64Array.of(1, 1, 1), Float64Array.of(2, 0, 1), Float64Array.of(0, 3, 0)]), [2.5 / 4, 3 / 5, 0.5]);
});

it('says NaN for a replicate without impostors', () => {
  expect(binnedRoc(Float64Array.of(1), Float64Array.of(0), [0.1])).toEqual({ auc: NaN, eer: NaN, tars: [NaN] });
});

it('interpolates quantiles as NumPy does', () => {
  const { values, at } = statistics.quantile;
  for (const { share, value } of at) expectClose(quantile([...values, NaN], share), value, { rtol: 1e-12 });
  expect(quantile([NaN], 0.5)).toBeNaN();
});

describe('interval over classes', () => {
  const { replicates, at } = statistics.classes;

  it.each(at)('of $classes classes at $level', ({ classes, level, low, high }) => {
    const found = classInterval([...replicates, NaN], { classes, level });
    expectClose([found.low, found.high], [low, high], { rtol: 1e-9 });
  });

  it('has no bounds without replicates, and needs two classes', () => {
    expect(classInterval([NaN], { classes: 5 })).toEqual({ low: NaN, high: NaN });
    expect(() => classInterval([1], { classes: 1 })).toThrow('classInterval: needs two classes or more, got 1');
  });
});
