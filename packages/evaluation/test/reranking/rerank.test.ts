import { expect, it } from '@jest/globals';
import { startEngine } from '@hypersphere/engine';
import { expectClose, expectTensorsLeft, onEachBackend } from '@hypersphere/testing';

import { rerank, type RerankInput } from '../../src/reranking/rerank';
import golden from '../golden/reranking.json';

function distancesOf(input: Omit<RerankInput, 'onQuery'>): number[][] {
  const rows: number[][] = [];
  rerank({ ...input, onQuery: (query, distances) => (rows[query] = [...distances]) });
  return rows;
}

onEachBackend('re-ranking', () => startEngine({ log: () => undefined }), () => {
  it.each(golden.cases)('agrees with NumPy: $name', ({ queries, gallery, measure, distances, ...options }) => {
    const found = distancesOf({ ...options, queries: Float32Array.from(queries), gallery: Float32Array.from(gallery), measure: measure as 'cosine' });
    expectClose(found.flat(), distances.flat(), { rtol: 1e-5, atol: 2e-6 });
  });

  it('leaves no tensor behind', () => {
    const { queries, gallery, dim } = golden.cases[0]!;
    expectTensorsLeft(0, () => void distancesOf({ queries: Float32Array.from(queries), gallery: Float32Array.from(gallery), dim }));
  });
});

it('gives the published distances of the worked example', () => {
  const wanted = [[0.0068933824, 0.1783527003, 0.2506418009, 0.8312747034, 1.0, 0.8770467622], [0.8439585269, 0.9585560983, 0.6849853364, 0.0102, 0.1671764754, 0.6166666667]];
  expectClose(golden.cases[0]!.distances.flat(), wanted.flat(), { atol: 1e-9 });
});

it('says what is wrong', () => {
  const input = { queries: Float32Array.of(1, 2), gallery: Float32Array.of(3, 4), dim: 1 };
  expect(() => distancesOf({ ...input, k1: 3, k2: 5 })).toThrow('rerank: needs k1 >= 1 and k2 in [1, k1 + 1], got 3 and 5');
  expect(() => distancesOf({ ...input, lambda: 2 })).toThrow('rerank: lambda must be in [0, 1], got 2');
});
