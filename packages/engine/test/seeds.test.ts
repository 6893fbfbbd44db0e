import { describe, expect, it } from '@jest/globals';

import { expectClose } from '@hypersphere/testing';

import { randomStream, type RandomStream, type StreamName } from '../src/index';
import golden from './golden/seeds.json';

const draws = (stream: RandomStream, count = 20) => Array.from({ length: count }, () => stream.uniform());

describe.each(golden.cases)('randomStream($seed, $name, $key)', ({ seed, name, key, uniform, normal }) => {
  it('draws what it always has: stored results depend on it', () => {
    const fresh = () => randomStream(seed, name as StreamName, ...key);
    expect(draws(fresh(), uniform.length)).toEqual(uniform);
    const stream = fresh();
    expectClose(normal.map(() => stream.normal()), normal, { rtol: 1e-14, atol: 0 });
  });
});

describe('randomStream', () => {
  it('gives equal draws for equal arguments', () => {
    expect(draws(randomStream(3, 'dropout', 'layer', 7))).toEqual(draws(randomStream(3, 'dropout', 'layer', 7)));
  });

  it('gives other draws for another seed, name or key', () => {
    const streams = [
      randomStream(3, 'dropout', 'layer', 7),
      randomStream(4, 'dropout', 'layer', 7),
      randomStream(3, 'pairs', 'layer', 7),
      randomStream(3, 'dropout', 'layer', 8),
      randomStream(3, 'dropout', 'layer', '7'),
      randomStream(3, 'dropout', 'layer7'),
      randomStream(3, 'dropout', 'layer'),
    ];
    expect(new Set(streams.map((stream) => stream.uniform())).size).toBe(streams.length);
  });

  it('keeps integers and shuffles', () => {
    const stream = randomStream(3, 'pairs');
    expect(Array.from({ length: 8 }, () => stream.integer(100))).toEqual([93, 40, 57, 16, 7, 61, 49, 43]);
    expect(randomStream(3, 'folds').shuffle([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual([0, 3, 7, 5, 2, 1, 4, 8, 6, 9]);
  });

  it('is uniform in [0, 1)', () => {
    const values = draws(randomStream(1, 'bootstrap'), 100_000);
    expect(Math.min(...values.slice(0, 50_000))).toBeGreaterThanOrEqual(0);
    expect(values.every((value) => value < 1 && Number.isInteger(value * 2 ** 53))).toBe(true);
    expectClose(moments(values), [1 / 2, 1 / 12, 0, 1.8], { rtol: 0, atol: 0.02 });
  });

  it('is normal', () => {
    const stream = randomStream(1, 'initial-weights');
    const values = Array.from({ length: 100_000 }, () => stream.normal());
    expectClose(moments(values), [0, 1, 0, 3], { rtol: 0, atol: 0.05 });
    const lagged = values.slice(1).reduce((sum, value, i) => sum + value * (values[i] as number), 0) / values.length;
    expectClose(lagged, 0, { atol: 0.02 }); // the two of a pair are independent
  });

  it('draws every integer below the bound equally often', () => {
    const stream = randomStream(1, 'folds');
    const counts = new Array<number>(7).fill(0);
    for (let draw = 0; draw < 70_000; draw++) counts[stream.integer(7)]! += 1;
    expectClose(counts, new Array(7).fill(10_000), { rtol: 0.04 });
    expect(randomStream(1, 'folds').integer(1)).toBe(0);
  });

  it('shuffles into every order equally often, and leaves the list alone', () => {
    const items = ['a', 'b', 'c'] as const;
    const stream = randomStream(1, 'batch-order');
    const counts = new Map<string, number>();
    for (let draw = 0; draw < 12_000; draw++) {
      const order = stream.shuffle(items).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expectClose([...counts.values()], new Array(6).fill(2000), { rtol: 0.1 });
    expect(items).toEqual(['a', 'b', 'c']);
  });

  it('refuses what would make different streams equal', () => {
    expect(() => randomStream(0.5, 'pairs')).toThrow('randomStream: seed must be an integer, got 0.5');
    expect(() => randomStream(1, 'pairs', Number.NaN)).toThrow('randomStream: key must hold strings and finite numbers, got NaN');
    expect(() => randomStream(1, 'pairs').integer(0)).toThrow('randomStream.integer: below must be an integer of at least 1, got 0');
  });
});

/** Mean, variance, skewness, kurtosis. */
function moments(values: readonly number[]): number[] {
  const average = (of: (value: number) => number) => values.reduce((sum, value) => sum + of(value), 0) / values.length;
  const mean = average((value) => value);
  const variance = average((value) => (value - mean) ** 2);
  return [mean, variance, average((value) => (value - mean) ** 3) / variance ** 1.5, average((value) => (value - mean) ** 4) / variance ** 2];
}
