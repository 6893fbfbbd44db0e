import { expect, it } from '@jest/globals';
import { startEngine } from '@hypersphere/engine';
import { expectClose, onEachBackend } from '@hypersphere/testing';

import { allPairs, auc, retrieval, rocCounts, tarAtFar } from '../../src';
import { draws } from '../../src/random';
import { forEachTile } from '../../src/similarity/tiles';
import { unitRows } from '../../src/similarity/unit-rows';

/** More than one tile: 2,300 samples of 5 numbers, classes of uneven size that straddle the border at 2,048. */
const n = 2300;
const { uniform } = draws(1, 'tiles');
const values = Float32Array.from({ length: n * 5 }, () => uniform() - 0.4);
const labels = Int32Array.from({ length: n }, (_, at) => Math.floor(Math.sqrt(at)) * 7);
const unit = unitRows({ values, n, dim: 5 });

function cosine(a: number, b: number): number {
  let dot = 0;
  for (let at = 0; at < 5; at++) dot += unit.values[a * 5 + at]! * unit.values[b * 5 + at]!;
  return dot;
}

onEachBackend('tiles', () => startEngine({ log: () => undefined }), () => {
  it.each(['wide', 'square'] as const)('cover every product once: %s', (shape) => {
    const seen = new Uint8Array(n * n);
    let [worst, largest, tiles] = [0, 0, 0];
    forEachTile(unit, unit, (tile) => {
      tiles++;
      largest = Math.max(largest, tile.values.byteLength);
      for (let i = 0; i < tile.rows; i++) {
        for (let j = 0; j < tile.columns; j++) {
          const [row, column] = [tile.rowStart + i, tile.columnStart + j];
          seen[row * n + column]!++;
          worst = Math.max(worst, Math.abs(tile.values[i * tile.columns + j]! - cosine(row, column)));
        }
      }
    }, { shape });
    expect(seen.every((count) => count === 1)).toBe(true);
    expect(worst).toBeLessThan(1e-6);
    expect(tiles).toBeGreaterThan(1);
    expect(largest).toBeLessThanOrEqual(16 * 1024 * 1024);
  });

  it('count all pairs across tiles', () => {
    const [genuine, impostors]: [number[], number[]] = [[], []];
    for (let a = 0; a < n; a++) for (let b = 0; b < a; b++) (labels[a] === labels[b] ? genuine : impostors).push(cosine(a, b));
    const wanted = rocCounts(genuine, impostors);
    const { counts } = allPairs({ embeddings: values, dim: 5, labels });
    expect([counts.genuine, counts.impostors]).toEqual([genuine.length, impostors.length]);
    expectClose([auc(counts), tarAtFar(counts, 0.01)], [auc(wanted), tarAtFar(wanted, 0.01)], { atol: 2e-5 });
  });

  it('search across tiles as in one row', () => {
    const found = retrieval({ embeddings: values, dim: 5, labels });
    let hits = 0;
    for (let query = 0; query < n; query++) {
      let [best, nearest] = [-Infinity, -1];
      for (let other = 0; other < n; other++) {
        const score = other === query ? -Infinity : cosine(query, other);
        if (score > best) [best, nearest] = [score, other];
      }
      if (labels[nearest] === labels[query]) hits++;
    }
    expectClose(found.recallAt1, hits / n, { atol: 2 / n });
    expect(found.queries).toBe(n - 1);
  });
});
