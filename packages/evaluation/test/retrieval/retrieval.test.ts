import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { expectClose } from '@hypersphere/testing';

import { queryRanks } from '../../src/retrieval/ranks';
import { ranksInRow } from '../../src/retrieval/ranks-in-row';
import { retrieval } from '../../src/retrieval/retrieval';
import { recallAt, retrievalScores } from '../../src/retrieval/scores';
import { embedded, float32, groups } from '../embedded';
import golden from '../golden/embeddings.json';

beforeAll(() => tf.setBackend('cpu'));

describe('retrieval against NumPy', () => {
  it.each([
    ['cosine', golden.retrieval, {}],
    ['Euclidean', golden.retrievalEuclidean, { measure: 'euclidean' }],
    ['cosine, camera rule', golden.retrievalCameras, { cameras: groups }],
  ] as const)('%s', (_, wanted, options) => {
    const found = retrieval({ ...embedded, ...options });
    for (const [name, value] of Object.entries(wanted)) expectClose(found[name as keyof typeof found], value, float32);
  });
});

describe('nine points in the plane', () => {
  const points = { embeddings: Float32Array.of(1.2, -.9, .7, -.7, .8, .6, 3.3, 1.2, 2, .9, 2.7, -.8, 1.2, .7, 1.5, 2.6, .2, 3), dim: 2 };
  const labels = Int32Array.of(0, 0, 0, 1, 1, 1, 1, 2, 2);
  const measured = () => queryRanks({ ...points, labels, measure: 'euclidean' });

  it.each([
    ['rPrecision', [.5, 1, 0, 1, 2 / 3, 1 / 3, 1 / 3, 1, 1], 0.6481481481],
    ['mapAtR', [.5, 1, 0, 1, 5 / 9, 1 / 6, 1 / 6, 1, 1], 0.5987654321],
    ['map', [.83333333, 1, .41666667, 1, .75555556, .53333333, .42063492, 1, 1], 0.7732804233],
    ['mrr', [1, 1, 1 / 3, 1, 1, .5, .5, 1, 1], 0.8148148148],
    ['minp', [2 / 3, 1, .5, 1, .6, .6, 3 / 7, 1, 1], 0.7550264550],
  ] as const)('%s', (name, perQuery, mean) => {
    const scores = measured().ranks.map(retrievalScores[name]);
    expectClose(scores, perQuery);
    expectClose(scores.reduce((sum, score) => sum + score, 0) / 9, mean, { rtol: 1e-9 });
  });

  it('recall at 1, 2, 4', () => {
    const found = retrieval({ ...points, labels, measure: 'euclidean' });
    expectClose([found.recallAt1, found.recallAt2, found.recallAt4], [0.6666666667, 0.8888888889, 1]);
  });
});

it('ranks at R = 10: only the first, first and tenth, first two', () => {
  const with10 = (...found: number[]): Int32Array => Int32Array.of(...found, ...Array.from({ length: 10 - found.length }, (_, at) => 50 + at));
  const at = (ranks: Int32Array): number[] => [retrievalScores.rPrecision(ranks), retrievalScores.mapAtR(ranks), recallAt(ranks, 1)];
  expectClose([...at(with10(1)), ...at(with10(1, 10)), ...at(with10(1, 2))], [.1, .1, 1, .2, .12, 1, .2, .2, 1]);
});

it('re-identification: cameras of the query are taken out of the list', () => {
  const queries = [
    { row: [.1, .3, .2, .5, .4, .6], id: 1, camera: 0 },
    { row: [.55, .15, .35, .25, .45, .05], id: 2, camera: 1 },
  ];
  const gallery = { id: [1, 1, 2, 1, 2, 2], camera: [0, 1, 0, 2, 1, 2] };
  const ranksWith = (rule: boolean): Int32Array[] => queries.map(({ row, id, camera }) => {
    const own = [...gallery.id.keys()].filter((at) => gallery.id[at] === id);
    return ranksInRow(row.map((d) => -d), rule ? own.filter((at) => gallery.camera[at] !== camera) : own, own);
  });
  const means = (ranks: Int32Array[]): number[] =>
    [retrievalScores.map, retrievalScores.minp, retrievalScores.recallAt1, retrievalScores.recallAt2].map(
      (score) => ranks.reduce((sum, own) => sum + score(own), 0) / 2,
    );
  expectClose(means(ranksWith(true)), [0.625, 0.5, 0.5, 1]);
  expectClose(means(ranksWith(false)), [0.7277777778, 0.6, 1, 1]);
});

it('orders ties by index and excludes the query by index, not by distance', () => {
  const same = Float32Array.of(1, 0, 1, 0, 1, 0, 1, 0);
  const { queries, ranks } = queryRanks({ embeddings: same, dim: 2, labels: Int32Array.of(0, 1, 0, 2) });
  expect([...queries]).toEqual([0, 2]);
  // query 0 sees 1, 2, 3: its mate 2 is second; query 2 sees 0, 1, 3: its mate 0 is first
  expect(ranks.map((own) => [...own])).toEqual([[2], [1]]);
});

it('refuses a set without any relevant reference', () => {
  expect(() => retrieval({ embeddings: Float32Array.of(1, 2), dim: 1, labels: Int32Array.of(0, 1) })).toThrow(
    'retrieval: needs a query with a relevant reference, got none',
  );
});
