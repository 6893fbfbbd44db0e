import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { expectClose } from '@hypersphere/testing';

import { identification, rankShare } from '../../src/identification/identification';
import { draws } from '../../src/random';
import { distractors, embedded } from '../embedded';
import golden from '../golden/embeddings.json';

beforeAll(() => tf.setBackend('cpu'));

const onCircle = (...degrees: number[]): Float32Array =>
  Float32Array.from(degrees.flatMap((angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]));

it('agrees with NumPy', () => {
  const found = identification({ ...embedded, distractors, sizes: [0, 1, 3, 10, 40] });
  const wanted = golden.identification;
  expectClose([1, 5, 10].map((k) => rankShare(found, k)), [wanted.rank1, wanted.rank5, wanted.rank10]);
  expect([...found.rank].sort((a, b) => a - b)).toEqual(wanted.ranks);
  expectClose(found.curve.map((point) => point.rank1), wanted.curve.map((point) => point.rank1));
});

describe('on the circle', () => {
  const probes = { embeddings: onCircle(0, 14, 40, 100, 126), dim: 2, labels: Int32Array.of(1, 1, 1, 2, 2) };
  const others = onCircle(25, 62, 111, 150, 200, 300);

  it('gives the worked example', () => {
    const { curve, rank, classOf } = identification({ ...probes, distractors: others, sizes: [0, 2, 4, 6] });
    expect(curve).toEqual([
      { distractors: 0, rank1: 1 }, { distractors: 2, rank1: 3 / 8 }, { distractors: 4, rank1: 1 / 8 }, { distractors: 6, rank1: 1 / 8 },
    ]);
    expect(rank).toHaveLength(8);
    expect([...classOf]).toEqual([0, 0, 0, 0, 0, 0, 1, 1]);
  });

  it('nests galleries of a seeded order, which ends alike', () => {
    const curves = [1, 2, 3, 4, 5].map((seed) => identification({ ...probes, distractors: others, seed, sizes: [1, 2, 3, 6] }).curve.map((p) => p.rank1));
    for (const curve of curves) {
      expect([...curve].sort((a, b) => b - a)).toEqual(curve);
      expect(curve[3]).toBe(1 / 8);
    }
    expect(new Set(curves.map(String)).size).toBeGreaterThan(1);
  });
});

it('puts a distractor that ties before the mate', () => {
  const { rank } = identification({ embeddings: Float32Array.of(1, 0, 0, 1), dim: 2, labels: Int32Array.of(0, 0), distractors: Float32Array.of(0, -1) });
  expect([...rank]).toEqual([2, 1]);
});

it('gives the same from blocks that are read one by one', () => {
  const [n, dim] = [9000, 6]; // three blocks
  const { uniform } = draws(3, 'blocks');
  const many = Float32Array.from({ length: n * dim }, () => uniform() - 0.5);
  const block = new Float32Array(n * dim); // overwritten by each call
  const read = (start: number, count: number): Float32Array => {
    block.set(many.subarray(start * dim, (start + count) * dim));
    return block.subarray(0, count * dim);
  };
  const inMemory = identification({ ...embedded, distractors: many, seed: 4 });
  expect(identification({ ...embedded, distractors: { n, dim, read }, seed: 4 })).toEqual(inMemory);
  // the last is alike to none but the probe's twin
  many.set(embedded.embeddings.subarray(0, dim), (n - 1) * dim);
  const sum = (count: number): number => identification({ ...embedded, distractors: { n: count, dim, read }, limit: 1000 }).rank.reduce((total, at) => total + at, 0);
  expect(sum(n)).toBeGreaterThan(sum(n - 1));
});

it('knows at which size a distractor of a later block joins', () => {
  const others = new Float32Array(2 * 9000).fill(-1);
  others.set([1, 0], 2 * 5000);
  const { curve } = identification({ embeddings: Float32Array.of(1, 0, 1, 0), dim: 2, labels: Int32Array.of(0, 0), distractors: others, sizes: [4096, 5000, 5001, 9000] });
  expect(curve.map((point) => point.rank1)).toEqual([1, 1, 0, 0]);
});

it('tells ranks apart up to the limit', () => {
  const all = { ...embedded, distractors, seed: 1 };
  const { rank, limit, distractors: count } = identification({ ...all, limit: 4 });
  expect([...rank].sort((a, b) => a - b)).toEqual(golden.identification.ranks.map((at) => Math.min(at, 5)));
  expect(limit).toBe(4);
  expectClose(rankShare({ rank, limit, distractors: count }, 4), golden.identification.ranks.filter((at) => at <= 4).length / rank.length);
  expect(() => rankShare({ rank, limit, distractors: count }, 5)).toThrow(
    new RangeError('rankShare: k must be at most 4, up to which ranks were told apart, got 5; pass limit: 5 to identification'),
  );
  // with no distractor beyond it, the limit hides nothing
  expect(rankShare(identification({ ...all, limit: 40 }), 1000)).toBe(1);
});

it('says what is wrong', () => {
  const single = { embeddings: Float32Array.of(1, 0, 0, 1), dim: 2, labels: Int32Array.of(0, 1) };
  expect(() => identification({ ...single, distractors: Float32Array.of(1, 1) })).toThrow('identification: needs a class with two images or more');
  expect(() => identification({ ...single, distractors: new Float32Array(0) })).toThrow('identification (distractors): needs at least one embedding, got none');
  expect(() => identification({ ...single, distractors: tf.zeros<tf.Rank.R2>([2, 3]) })).toThrow(
    'identification: distractors must be [m, 2] to match the embeddings, got [2, 3]',
  );
  const pair = { ...single, labels: Int32Array.of(1, 1), distractors: Float32Array.of(1, 1) };
  for (const limit of [0, 1.5]) expect(() => identification({ ...pair, limit })).toThrow(`identification: limit must be a positive integer, got ${limit}`);
  expect(() => identification({ ...pair, sizes: [1, -1] })).toThrow('identification: sizes must be integers from 0 on, got -1');
  const read = (start: number, count: number): Float32Array => new Float32Array(2 * count).fill(1).fill(start > 0 ? NaN : 1, 2, 3);
  expect(() => identification({ ...pair, distractors: { n: 5000, dim: 2, read } })).toThrow(
    'identification (distractors), rows from 4032 on: embeddings must be finite, got NaN in row 1',
  );
  expect(() => identification({ ...pair, distractors: { n: 9, dim: 2, read: () => new Float32Array(16) } })).toThrow('embeddings: read must give 9 rows of 2 from row 0 on, got 16 numbers');
});
