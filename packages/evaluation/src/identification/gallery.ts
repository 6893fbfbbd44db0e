import type { Rows } from '../checks';
import { forEachBlock, type EmbeddingBlocks } from '../similarity/embedding-blocks';
import { copyUnitRow } from '../similarity/unit-rows';

/** Distractors that join a gallery one after the other, cut where something is wanted of the gallery so far. */
export interface Gallery {
  readonly blocks: EmbeddingBlocks;
  /** Numbers of distractors at which segments end, ascending; the last is all of them. */
  readonly ends: readonly number[];
  /** `[m]`: number of the segment of each row. */
  readonly segmentOf: Int32Array;
}

/** 4,096 rows of 512 numbers are 8 MB. */
const PIECE = 4096;
/** So many rows wait at most, all segments together (of up to a thousand segments). */
const WAITING = 65_536;
const LEAST = 64;

/**
 * @param blocks m rows
 * @param placeOf `[m]`: place of each row in the order of joining, from 0
 * @param sizes where segments end, in any order, in [0, m]
 */
export function galleryOf(blocks: EmbeddingBlocks, placeOf: Int32Array, sizes: readonly number[]): Gallery {
  const ends = [...new Set([...sizes.filter((size) => size > 0), blocks.n])].sort((a, b) => a - b);
  const segmentAt = new Int32Array(blocks.n);
  ends.forEach((end, segment) => segmentAt.fill(segment, ends[segment - 1] ?? 0, end));
  return { blocks, ends, segmentOf: placeOf.map((place) => segmentAt[place]!) };
}

/**
 * Visits the unit rows of each segment in pieces of equal size, and what is left of each. Rows wait for others of their segment
 * across blocks, so that products are as quick as those of whole blocks.
 *
 * @param visit `piece` may be overwritten afterwards
 * @throws RangeError if a row is not finite
 */
export function forEachPiece({ blocks, ends, segmentOf }: Gallery, visit: (piece: Rows, segment: number) => void): void {
  const most = Math.max(LEAST, Math.min(PIECE, Math.floor(WAITING / ends.length)));
  const waiting = ends.map((end, segment): Rows => {
    const n = Math.min(most, end - (ends[segment - 1] ?? 0));
    return { values: new Float32Array(n * blocks.dim), n, dim: blocks.dim };
  });
  const counts = new Int32Array(ends.length);
  const pass = (segment: number): void => {
    const { values, dim } = waiting[segment]!;
    const n = counts[segment]!;
    counts[segment] = 0;
    if (n > 0) visit({ values: values.subarray(0, n * dim), n, dim }, segment);
  };
  forEachBlock('identification (distractors)', blocks, (block, start) => {
    for (let row = 0; row < block.n; row++) {
      const segment = segmentOf[start + row]!;
      copyUnitRow(block, row, waiting[segment]!, counts[segment]!++);
      if (counts[segment] === waiting[segment]!.n) pass(segment);
    }
  });
  ends.forEach((_, segment) => pass(segment));
}
