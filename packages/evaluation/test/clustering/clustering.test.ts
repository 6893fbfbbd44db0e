import { describe, expect, it } from '@jest/globals';
import { startEngine } from '@hypersphere/engine';
import { expectClose, expectTensorsLeft, onEachBackend } from '@hypersphere/testing';

import { clusterAgreement } from '../../src/clustering/agreement';
import { initialCentres } from '../../src/clustering/initial-centres';
import { kMeans } from '../../src/clustering/k-means';
import { draws } from '../../src/random';
import golden from '../golden/clustering.json';

onEachBackend('k-means', () => startEngine({ log: () => undefined }), () => {
  it.each(golden.kMeans)('agrees with scikit-learn from the same centres: $name', ({ points, start, dim, ...wanted }) => {
    const found = kMeans({ embeddings: Float32Array.from(points), dim, clusters: start.length / dim, start: Float32Array.from(start), maxIterations: wanted.maxIterations });
    expect([...found.assignment]).toEqual(wanted.assignment);
    expectClose([...found.centres], wanted.centres, { rtol: 1e-5, atol: 1e-6 });
    expectClose([found.inertia], [wanted.inertia], { rtol: 1e-5, atol: 1e-9 });
  });

  it.each(['k-means++', 'random'] as const)('is the same for the same seed: %s', (start) => {
    const { points, dim } = golden.kMeans[0]!;
    const input = { embeddings: Float32Array.from(points), dim, clusters: 7, start };
    const [one, again, other] = [kMeans({ ...input, seed: 1 }), kMeans({ ...input, seed: 1 }), kMeans({ ...input, seed: 2 })];
    expect(again).toEqual(one);
    expect(other.centres).not.toEqual(one.centres);
  });

  it('spreads the first centres: one on each of many far groups', () => {
    const { uniform } = draws(5, 'groups');
    const values = Float32Array.from({ length: 200 * 2 }, (_, at) => 100 * (Math.floor(at / 2) % 20) * (at % 2 === 0 ? 1 : -1) + uniform());
    const { values: centres } = initialCentres({ values, n: 200, dim: 2 }, 20, 'k-means++', 3);
    expect(new Set([...centres].filter((_, at) => at % 2 === 0).map((x) => Math.floor(x / 100))).size).toBe(20);
    const { assignment } = kMeans({ embeddings: values, dim: 2, clusters: 20 });
    expect(clusterAgreement(assignment, Int32Array.from({ length: 200 }, (_, at) => at % 20))).toEqual({ nmi: 1, f1: 1 });
  });

  it('assigns in blocks as at once, and leaves no tensor behind', () => {
    // 1,000 centres and 20,000 rows: three blocks
    const { uniform } = draws(6, 'many');
    const values = Float32Array.from({ length: 20_000 }, () => Math.round(1000 * uniform()) / 8);
    const start = Float32Array.from({ length: 1000 }, (_, at) => at / 8);
    let found = kMeans({ embeddings: values, dim: 1, clusters: 1000, start, maxIterations: 0 });
    expect(found.assignment.every((cluster, row) => cluster === Math.min(999, Math.round(8 * values[row]!)))).toBe(true);
    expectTensorsLeft(0, () => {
      found = kMeans({ embeddings: values.subarray(0, 3000), dim: 1, clusters: 30, maxIterations: 3 });
    });
    expect([found.iterations, new Set(found.assignment).size]).toEqual([3, 30]);
  });
});

describe('agreement with scikit-learn', () => {
  it.each(golden.agreement.map((one, at) => ({ at, ...one })))('case $at', ({ clusters, labels, nmi, f1 }) => {
    const found = clusterAgreement(Int32Array.from(clusters), Int32Array.from(labels));
    expectClose([found.nmi, found.f1], [nmi, f1], { rtol: 1e-9, atol: 1e-9 });
  });
});

it('says what is wrong', () => {
  const embeddings = Float32Array.of(1, 2, 3);
  expect(() => kMeans({ embeddings, dim: 1, clusters: 4 })).toThrow('kMeans: clusters must be an integer in [1, 3], got 4');
  expect(() => kMeans({ embeddings, dim: 1, clusters: 2, start: Float32Array.of(1) })).toThrow('kMeans: start must be [2, 1], got 1 numbers');
  expect(() => clusterAgreement(Int32Array.of(1), Int32Array.of(1, 2))).toThrow('clusterAgreement: labels must be [1] to match the embeddings, got [2]');
});
