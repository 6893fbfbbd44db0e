import { loadExamples, areRows, type LoadedRows } from '@hypersphere/data';
import { startEngine } from '@hypersphere/engine';
import { train } from '@hypersphere/training';
import { describe, expect, it, jest } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { measure } from '../src/measure';
import { olderMrr, paddedMrr } from '../src/measure-authorship';
import type { PlannedRun } from '../src/plan';
import { authorsOfPosts } from '../src/protocols/authors-of-posts';
import { resolveRunConfig } from '../src/resolve-run-config';

jest.setTimeout(60_000);

/** Unit vectors at these degrees. */
const at = (...degrees: number[]) => ({ dim: 2, embeddings: Float32Array.from(degrees.flatMap((angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)])) });

describe('olderMrr', () => {
  it('searches the older half alone, for authors that are there', () => {
    const older = { ...at(0, 50, 90), labels: Int32Array.of(1, 2, 3) };
    // of author 1 at 40 degrees: 50, then 0 (rank 2); of author 3 at 80: 90 (rank 1); author 9 is no query; newer ones are not found
    const newer = { ...at(40, 80, 41), labels: Int32Array.of(1, 3, 9) };
    expect(olderMrr(older, newer)).toBeCloseTo((1 / 2 + 1) / 2, 12);
  });

  it('is nothing where no author is in both', () => {
    expect(olderMrr({ ...at(0), labels: Int32Array.of(1) }, { ...at(5), labels: Int32Array.of(2) })).toBeUndefined();
  });
});

describe('paddedMrr', () => {
  // own authors at ranks 2, 3, 3, 2
  const rows = { ...at(0, 10, 90, 100), labels: Int32Array.of(1, 2, 1, 2) };

  it('is the plain one where batches are full', () => {
    expect(paddedMrr(rows, 2)).toBeCloseTo(plain, 12);
  });

  it('lets repeated episodes find their copies', () => {
    // d repeats of n: 2 d of n + d queries find their copy first, the others stay near what they were
    expect(paddedMrr(rows, 8)).toBe(1);
    expect(paddedMrr(rows, 5)).toBeGreaterThan(plain);
    expect(paddedMrr(rows, 5)).toBeLessThan(1);
  });

  const plain = 5 / 12;
});

describe('measureAuthorship', () => {
  it('measures test episodes, the older half and a padded gallery of a trained run', async () => {
    await startEngine({ log: () => undefined });
    const config = resolveRunConfig({ ...authorsOfPosts.smoke, optimiser: { name: 'adam', learningRate: 0.02 }, schedule: { ...authorsOfPosts.smoke.schedule, steps: 150 } as never }, 'test');
    const data = await loadExamples(config.data);
    expect(areRows(data)).toBe(true);
    const trained = await train({ config, seed: 0, data: data.train });
    const run = { config } as PlannedRun;
    const { metrics, series } = await measure(trained, data, run);
    // authors use words of their own; by chance it is about a third
    for (const name of ['authorship.mrr', 'authorship.olderMrr', 'retrieval.mrr']) expect(metrics[name]?.value).toBeGreaterThan(0.6);
    expect(metrics['authorship.paddedMrr']?.value).toBeGreaterThanOrEqual(metrics['retrieval.mrr']?.value ?? 1);
    expect(Object.keys(series).sort()).toEqual(['angles', 'replicates', 'roc']);
    // the episodes of one author come from one thread: none of them has another one to find
    const { test } = data as LoadedRows;
    const oneThread: LoadedRows = { ...(data as LoadedRows), test: { ...test, sources: test.sources.map((threads, at) => (test.labels[at] === 0 ? Int32Array.of(-1) : threads)) } };
    const without = test.labels.filter((label) => label !== 0).length;
    expect((await measure(trained, oneThread, run)).metrics['authorship.mrr']?.n).toBe(without);
    expect(metrics['authorship.mrr']?.n).toBeGreaterThan(without);
    tf.dispose([trained.parameters, trained.statistics, trained.lossParameters]);
  });
});
