import { forEachPiece, type Gallery } from './gallery';
import { filledUp, GROUP, groupPeaks, groupValues, productOf, type ProbeTiles } from './probe-tiles';

/** What is kept of the similarities of n probes with all distractors. */
export interface NearestDistractors {
  /** `[n, limit]`: the highest of each probe, highest first; -Infinity where there are no more. */
  readonly highest: Float32Array;
  /** `[n, segments]`: the highest of each probe in each segment of the gallery; maybe less where an earlier segment has one as high. */
  readonly peaks: Float32Array;
}

/**
 * Finds the nearest distractors of each probe. Kernels give the similarities and the highest of each group of them; only groups that hold
 * one to be kept are read, and but for the first distractors these are few.
 *
 * @param limit how many are kept of each probe
 */
export function nearestDistractors({ tiles, columns }: ProbeTiles, gallery: Gallery, limit: number): NearestDistractors {
  const n = tiles.reduce((sum, { count }) => sum + count, 0);
  const [kept, segmentPeaks] = [rowsOfLowest(n, limit), rowsOfLowest(n, gallery.ends.length)];
  forEachPiece(gallery, columns, ({ rows, segments }) => {
    const distractors = filledUp(rows, columns);
    for (const tile of tiles) {
      const product = productOf(tile, distractors);
      const [from, to] = [tile.start, tile.start + tile.count];
      const rowsKept = { kept: kept.rows.slice(from, to), peaks: segmentPeaks.rows.slice(from, to), segments, groupsInRow: columns / GROUP };
      const groups = groupsToRead(groupPeaks(product), rowsKept);
      keepHighest(groups, groupValues(product, groups), rowsKept);
      product.dispose();
    }
    distractors.dispose();
  });
  for (const row of kept.rows) row.sort().reverse();
  return { highest: kept.all, peaks: segmentPeaks.all };
}

function rowsOfLowest(n: number, length: number): { readonly all: Float32Array; readonly rows: readonly Float32Array[] } {
  const all = new Float32Array(n * length).fill(-Infinity);
  return { all, rows: Array.from({ length: n }, (_, row) => all.subarray(row * length, (row + 1) * length)) };
}

/** What is kept of each row of a product. */
interface Kept {
  /** Heaps, the lowest first. */
  readonly kept: readonly Float32Array[];
  /** The highest in each segment. */
  readonly peaks: readonly Float32Array[];
  /** Segment of each column that is no filling, ascending. */
  readonly segments: Int32Array;
  readonly groupsInRow: number;
}

/** Numbers of the groups whose highest is to be kept, and maybe of some of which only a filling of zeros is. */
function groupsToRead(highest: Float32Array, { kept, peaks, segments, groupsInRow }: Kept): number[] {
  const found: number[] = [];
  const used = Math.ceil(segments.length / GROUP);
  for (let row = 0; row < kept.length; row++) {
    for (let group = 0; group < used; group++) {
      // what is no higher than the first segment's peak says nothing new of later ones
      const lowest = Math.min(kept[row]![0]!, peaks[row]![segments[group * GROUP]!]!);
      if (highest[row * groupsInRow + group]! > lowest) found.push(row * groupsInRow + group);
    }
  }
  return found;
}

/** @param values `[groups.length, GROUP]` */
function keepHighest(groups: readonly number[], values: Float32Array, { kept, peaks, segments, groupsInRow }: Kept): void {
  for (let at = 0; at < groups.length; at++) {
    const row = Math.floor(groups[at]! / groupsInRow);
    const first = (groups[at]! % groupsInRow) * GROUP;
    const own = values.subarray(at * GROUP, at * GROUP + Math.min(GROUP, segments.length - first));
    keepValues(own, kept[row]!);
    raisePeaks(own, segments.subarray(first), peaks[row]!);
  }
}

function keepValues(values: Float32Array, heap: Float32Array): void {
  for (let at = 0; at < values.length; at++) if (values[at]! > heap[0]!) replaceLowest(heap, values[at]!);
}

function raisePeaks(values: Float32Array, segments: Int32Array, peaks: Float32Array): void {
  for (let at = 0; at < values.length; at++) if (values[at]! > peaks[segments[at]!]!) peaks[segments[at]!] = values[at]!;
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
