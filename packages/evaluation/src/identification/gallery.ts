import { rowsOf, type Rows } from '../checks';
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

/** Some distractors, those of one segment next to each other. */
export interface Piece {
  /** Unit rows. */
  readonly rows: Rows;
  /** `[rows.n]`: segment of each row, ascending. */
  readonly segments: Int32Array;
}

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
 * Visits all distractors, `size` of them after the others.
 *
 * @throws RangeError if a row is not finite
 */
export function forEachPiece({ blocks, segmentOf }: Gallery, size: number, visit: (piece: Piece) => void): void {
  const values = new Float32Array(size * blocks.dim);
  forEachBlock(blocks, size, (block, start) => {
    const own = segmentOf.subarray(start, start + block.n);
    const order = own.map((_, row) => row).sort((a, b) => own[a]! - own[b]!);
    const rows = { ...block, values: values.subarray(0, block.values.length) };
    order.forEach((from, to) => {
      const norm = copyUnitRow(block, from, rows, to);
      if (!Number.isFinite(norm)) rowsOf(`identification (distractors), rows from ${start} on`, block.values, block.dim); // says which number it is
    });
    visit({ rows, segments: order.map((row) => own[row]!) });
  });
}
