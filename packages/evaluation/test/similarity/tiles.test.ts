import { expect, it } from '@jest/globals';
import { startEngine } from '@hypersphere/engine';
import { expectClose, onEachBackend } from '@hypersphere/testing';

import { allPairs, auc, retrieval, rocCounts, tarAtFar } from '../../src';
import { draws } from '../../src/random';
import { forEachTile } from '../../src/similarity/tiles';
import { unitRows } from '../../src/similarity/unit-rows';

/** More than one tile: 2,100 samples of 5 numbers, classes of uneven size that straddle the border at 2,048. */
const n = 2100;
const { abs, max } = Math; // globals are slow in Jest's inner loops
const { uniform } = draws(1, 'tiles');
const values = Float32Array.from({ length: n * 5 }, () => uniform() - 0.4);
const labels = Int32Array.from({ length: n }, (_, at) => Math.floor(Math.sqrt(at)) * 7);
const unit = unitRows({ values, n, dim: 5 });

/** All cosines, `[n, n]`, in float64. */
const cosines = new Float64Array(n * n);
for (let a = 0; a < n; a++) {
  for (let b = 0; b < n; b++) {
    let dot = 0;
    for (let at = 0; at < 5; at++) dot += unit.values[a * 5 + at]! * unit.values[b * 5 + at]!;
    cosines[a * n + b] = dot;
  }
}

onEachBackend('tiles', () => startEngine({ log: () => undefined }), () => {
  it.each(['wide', 'square'] as const)('cover every product once: %s', (shape) => {
    const seen = new Uint8Array(n * n);
    let worst = 0;
    let largest = 0;
    let tiles = 0;
    forEachTile(unit, unit, (tile) => {
      tiles++;
      largest = Math.max(largest, tile.values.byteLength);
      for (let i = 0; i < tile.rows; i++) {
        for (let j = 0; j < tile.columns; j++) {
          const place = (tile.rowStart + i) * n + tile.columnStart + j;
          seen[place]!++;
          worst = max(worst, abs(tile.values[i * tile.columns + j]! - cosines[place]!));
        }
      }
    }, { shape });
    expect([seen.indexOf(0), seen.findIndex((count) => count > 1)]).toEqual([-1, -1]);
    expect(worst).toBeLessThan(1e-6);
    expect(tiles).toBeGreaterThan(1);
    expect(largest).toBeLessThanOrEqual(16 * 1024 * 1024);
  });

  it('count all pairs across tiles', () => {
    const [genuine, impostors]: [number[], number[]] = [[], []];
    for (let a = 0; a < n; a++) for (let b = 0; b < a; b++) (labels[a] === labels[b] ? genuine : impostors).push(cosines[a * n + b]!);
    const wanted = rocCounts(genuine, impostors);
    const { counts } = allPairs({ embeddings: values, dim: 5, labels });
    expect([counts.genuine, counts.impostors]).toEqual([genuine.length, impostors.length]);
    expectClose([auc(counts), tarAtFar(counts, 0.01)], [auc(wanted), tarAtFar(wanted, 0.01)], { atol: 2e-5 });
  });

  it('search across tiles as in one row', () => {
    const found = retrieval({ embeddings: values, dim: 5, labels });
    let hits = 0;
    for (let query = 0; query < n; query++) {
      let nearest = query === 0 ? 1 : 0;
      for (let other = 0; other < n; other++) {
        if (other !== query && cosines[query * n + other]! > cosines[query * n + nearest]!) nearest = other;
      }
      if (labels[nearest] === labels[query]) hits++;
    }
    expectClose(found.recallAt1, hits / n, { atol: 2 / n });
    expect(found.queries).toBe(n - 1);
  });
});
