import { placeInList, type RelevantLists } from '../retrieval/relevant-lists';
import type { Rows } from '../checks';
import { forEachBlock, type EmbeddingBlocks } from '../similarity/embedding-blocks';
import { forEachTile, type Tile } from '../similarity/tiles';
import { unitRows } from '../similarity/unit-rows';

export interface MateRanks {
  /** 1 + the number of distractors that are at least as near to the probe as the mate. */
  readonly rank: Int32Array;
  /** How many distractors come before the first of those; all, if there is none. */
  readonly firstAhead: Int32Array;
}

/** Distractors in blocks, and for each of their rows the place at which it joins the gallery. */
export interface Pool {
  readonly blocks: EmbeddingBlocks;
  readonly placeOf: Int32Array;
}

/**
 * Ranks each mate against all distractors, a block of them after the other.
 *
 * @param probes unit rows `[n, d]`
 * @param mates the mates of each probe, nearest first
 */
export function mateRanks(probes: Rows, pool: Pool, mates: RelevantLists): MateRanks {
  const pairs = mates.similarity.length;
  const rank = new Int32Array(pairs); // first the distractors between one mate and the next
  const firstAhead = new Int32Array(pairs).fill(pool.blocks.n);
  forEachBlock('identification (distractors)', pool.blocks, (block, start) => {
    forEachTile(probes, unitRows(block), (tile) => countTile(tile, mates, { rank, firstAhead, placeOf: pool.placeOf.subarray(start) }));
  });
  for (let probe = 0; probe < probes.n; probe++) {
    let [ahead, first] = [0, pool.blocks.n];
    for (let pair = mates.starts[probe]!; pair < mates.starts[probe + 1]!; pair++) {
      ahead += rank[pair]!;
      first = Math.min(first, firstAhead[pair]!);
      rank[pair] = ahead + 1;
      firstAhead[pair] = first;
    }
  }
  return { rank, firstAhead };
}

function countTile(tile: Tile, mates: RelevantLists, { rank, firstAhead, placeOf }: MateRanks & Pick<Pool, 'placeOf'>): void {
  for (let i = 0; i < tile.rows; i++) {
    const probe = tile.rowStart + i;
    const farthest = mates.lowest[probe]!;
    const offset = i * tile.columns;
    for (let j = 0; j < tile.columns; j++) {
      const cosine = tile.values[offset + j]!;
      if (cosine < farthest) continue;
      const pair = mates.starts[probe]! + placeInList(mates, probe, cosine, -1); // ahead of mates that tie
      const place = placeOf[tile.columnStart + j]!;
      rank[pair]!++;
      if (place < firstAhead[pair]!) firstAhead[pair] = place;
    }
  }
}
