import { forEachPiece, type Gallery } from './gallery';
import { filledUp, GROUP, productsWith, type Products, type ProbeTiles } from './probe-tiles';

/** What is kept of the similarities of n probes with all distractors. */
export interface NearestDistractors {
  /** `[n, limit]`: the highest of each probe, highest first; -Infinity where there are no more. */
  readonly highest: Float32Array;
  /** `[n, segments]`: the highest of each probe in each segment of the gallery. */
  readonly peaks: Float32Array;
}

/**
 * Finds the nearest distractors of each probe. Kernels give the similarities and the highest of each group of them: but for the first
 * distractors, few groups hold one that is kept.
 *
 * @param limit how many are kept of each probe
 */
export function nearestDistractors({ tiles, columns }: ProbeTiles, gallery: Gallery, limit: number): NearestDistractors {
  const n = tiles.reduce((sum, { count }) => sum + count, 0);
  const segmentCount = gallery.ends.length;
  const highest = new Float32Array(n * limit).fill(-Infinity);
  const peaks = new Float32Array(n * segmentCount).fill(-Infinity);
  forEachPiece(gallery, columns, ({ rows, segments }) => {
    const distractors = filledUp(rows, columns);
    for (const { start, count, rows: probes } of tiles) {
      const products = productsWith(distractors, probes);
      for (let i = 0; i < count; i++) {
        const probe = start + i;
        keepHighest(products, segments, { row: i, columns, kept: highest.subarray(probe * limit, (probe + 1) * limit), peaks: peaks.subarray(probe * segmentCount, (probe + 1) * segmentCount) });
      }
    }
    distractors.dispose();
  });
  for (let probe = 0; probe < n; probe++) highest.subarray(probe * limit, (probe + 1) * limit).sort().reverse();
  return { highest, peaks };
}

/** A probe's row in the products, and what is kept of it. */
interface Keeper {
  readonly row: number;
  readonly columns: number;
  /** A heap, the lowest first. */
  readonly kept: Float32Array;
  readonly peaks: Float32Array;
}

/** Looks at the groups that hold a similarity to be kept. */
function keepHighest({ values, groupPeaks }: Products, segments: Int32Array, { row, columns, kept, peaks }: Keeper): void {
  const offset = row * columns;
  for (let start = 0, group = offset / GROUP; start < segments.length; start += GROUP, group++) {
    const end = Math.min(start + GROUP, segments.length); // not the rows of zeros
    let lowest = kept[0]!;
    for (let segment = segments[start]!; segment <= segments[end - 1]!; segment++) lowest = Math.min(lowest, peaks[segment]!);
    if (groupPeaks[group]! <= lowest) continue;
    for (let at = start; at < end; at++) {
      const value = values[offset + at]!;
      if (value > peaks[segments[at]!]!) peaks[segments[at]!] = value;
      if (value > kept[0]!) replaceLowest(kept, value);
    }
  }
}

function replaceLowest(heap: Float32Array, value: number): void {
  let at = 0;
  for (let child = 1; child < heap.length; child = 2 * at + 1) {
    if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++;
    if (heap[child]! >= value) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = value;
}
