import * as tf from '@tensorflow/tfjs';

import type { Rows } from '../checks';
import { forEachPiece, type Gallery } from './gallery';

/** What is kept of the similarities of n probes with all distractors. */
export interface NearestDistractors {
  /** `[n, limit]`: the highest of each probe, highest first; -Infinity where there are no more. */
  readonly highest: Float32Array;
  readonly limit: number;
  /** For each segment of the gallery `[n]`: the highest of each probe. */
  readonly peaks: readonly Float32Array[];
}

/** 4M float32 values are 16 MB. */
const MAX_VALUES = 4 * 1024 * 1024;
/** So many neighbours are looked at one by one only if the highest of them is to be kept. */
const GROUP = 64;

/**
 * Finds the nearest distractors of each probe. Kernels give the similarities and the highest of each group of them: but for the first
 * distractors, few groups hold one that is kept.
 *
 * @param probes unit rows `[n, d]`
 * @param limit how many are kept of each probe
 */
export function nearestDistractors(probes: Rows, gallery: Gallery, limit: number): NearestDistractors {
  const { n, dim } = probes;
  const highest = new Float32Array(n * limit).fill(-Infinity);
  const peaks = gallery.ends.map(() => new Float32Array(n).fill(-Infinity));
  const all = tf.tensor2d(probes.values, [n, dim]);
  try {
    forEachPiece(gallery, (piece, segment) => {
      const peak = peaks[segment]!;
      forEachProbe(all, piece, (probe, found) => {
        peak[probe] = keepHighest(found, highest.subarray(probe * limit, (probe + 1) * limit), peak[probe]!);
      });
    });
  } finally {
    all.dispose();
  }
  for (let probe = 0; probe < n; probe++) highest.subarray(probe * limit, (probe + 1) * limit).sort().reverse();
  return { highest, limit, peaks };
}

/** Similarities of one probe with the distractors of a piece; valid during the visit only. */
interface Found {
  readonly values: Float32Array;
  /** Where they begin in `values`. */
  readonly offset: number;
  readonly count: number;
  readonly groupPeaks: Float32Array;
  readonly firstGroup: number;
}

function forEachProbe(probes: tf.Tensor2D, piece: Rows, visit: (probe: number, found: Found) => void): void {
  const [n] = probes.shape;
  const groups = Math.ceil(piece.n / GROUP);
  const columns = groups * GROUP;
  const tiles = Math.ceil((n * columns) / MAX_VALUES);
  const distractors = padded(piece, columns);
  for (let tile = 0; tile < tiles; tile++) {
    const [from, to] = [Math.floor((tile * n) / tiles), Math.floor(((tile + 1) * n) / tiles)];
    const [similarity, peak] = tf.tidy((): [tf.Tensor, tf.Tensor] => {
      const rows = tf.slice(probes, [from, 0], [to - from, -1]); // [rows, d]
      const product = tf.matMul(rows, distractors, false, true); // [rows, columns]
      return [product, tf.max(tf.reshape(product, [to - from, groups, GROUP]), 2)]; // [rows, groups]
    });
    const [values, groupPeaks] = [similarity.dataSync<'float32'>(), peak.dataSync<'float32'>()]; // outside tidy, which would search them for tensors
    tf.dispose([similarity, peak]);
    for (let i = 0; i < to - from; i++) visit(from + i, { values, offset: i * columns, count: piece.n, groupPeaks, firstGroup: i * groups });
  }
  distractors.dispose();
}

/** With rows of zeros at the end: whole groups, and products as of a larger piece, by the same kernels to the bit. */
function padded({ values, n, dim }: Rows, rows: number): tf.Tensor2D {
  if (n === rows) return tf.tensor2d(values, [n, dim]);
  const more = new Float32Array(rows * dim);
  more.set(values);
  return tf.tensor2d(more, [rows, dim]);
}

/**
 * Puts what is higher than the lowest of `kept` in its place.
 *
 * @param kept a heap, the lowest first
 * @returns the highest that was found, or `peak` if that is higher
 */
function keepHighest({ values, offset, count, groupPeaks, firstGroup }: Found, kept: Float32Array, peak: number): number {
  for (let start = 0, group = firstGroup; start < count; start += GROUP, group++) {
    if (groupPeaks[group]! <= Math.min(kept[0]!, peak)) continue;
    const end = offset + Math.min(start + GROUP, count); // not the rows of zeros
    for (let at = offset + start; at < end; at++) {
      const value = values[at]!;
      peak = Math.max(peak, value);
      if (value > kept[0]!) replaceLowest(kept, value);
    }
  }
  return peak;
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
