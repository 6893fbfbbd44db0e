import { labelledRows, rowsOf, type EmbeddingsInput, type Labelled, type Rows } from '../checks';
import { classOrder } from '../classes';
import { draws } from '../random';
import { forEachTile } from '../similarity/tiles';
import { takeRows, unitRows } from '../similarity/unit-rows';
import { mateRanks, type Mates } from './mate-ranks';

export interface IdentificationInput extends Labelled {
  /** float32 `[m, d]`: samples of classes that occur nowhere else. */
  readonly distractors: EmbeddingsInput;
  /** Order in which distractors join the gallery; left out: as given. */
  readonly seed?: number;
  /** Numbers of distractors at which rank-1 is wanted, ascending; each gallery contains the one before. */
  readonly sizes?: readonly number[];
}

/** One value for each ordered pair (probe, mate). */
export interface Identification {
  /** Rank of the mate in {mate} + all distractors, from 1. */
  readonly rank: Int32Array;
  /** Class number of each pair, by ascending label. */
  readonly classOf: Int32Array;
  readonly distractors: number;
  /** Share of pairs at rank 1 for each number of distractors. */
  readonly curve: readonly { readonly distractors: number; readonly rank1: number }[];
}

/**
 * Closed-set identification in the form of MegaFace challenge 1: for every ordered pair (probe, mate) of a class the
 * gallery is the mate and the distractors; other images of the class are not in it. A distractor that ties with the
 * mate goes before it. Single-image classes have no pair.
 *
 * @throws RangeError if no class has two images, or embeddings and distractors differ in length
 * @see Kemelmacher-Shlizerman et al., The MegaFace Benchmark, CVPR 2016, https://arxiv.org/abs/1512.00596
 */
export function identification(input: IdentificationInput): Identification {
  const probes = labelledRows('identification', input);
  const { order, starts, classOf } = classOrder(input.labels);
  const sorted = unitRows(takeRows(probes, order));
  const pool = distractorRows(input, probes.dim);
  const sizes = sizesUpTo(pool.n, input.sizes);
  const mates = matesOf(sorted, starts);
  if (mates.probe.length === 0) throw new RangeError('identification: needs a class with two images or more, got single images only');
  const { rank, firstAhead } = mateRanks(sorted, pool, mates);
  const curve = sizes.map((distractors) => ({
    distractors,
    rank1: firstAhead.reduce((count, ahead) => count + (ahead >= distractors ? 1 : 0), 0) / rank.length,
  }));
  return { rank, classOf: mates.probe.map((at) => classOf[order[at]!]!), distractors: pool.n, curve };
}

/** Share of pairs whose mate is among the first k. */
export function rankShare({ rank }: Identification, k: number): number {
  return rank.reduce((count, at) => count + (at <= k ? 1 : 0), 0) / rank.length;
}

function distractorRows({ distractors, seed }: IdentificationInput, dim: number): Rows {
  const rows = rowsOf('identification (distractors)', distractors, dim);
  if (rows.dim !== dim) throw new RangeError(`identification: distractors must be [m, ${dim}] to match the embeddings, got [${rows.n}, ${rows.dim}]`);
  const given = Array.from({ length: rows.n }, (_, at) => at);
  const order = seed === undefined ? given : draws(seed, 'distractors').shuffle(given);
  return unitRows(takeRows(rows, Int32Array.from(order)));
}

/** 10, 30, 100, 300, ... and all. */
function sizesUpTo(most: number, sizes?: readonly number[]): readonly number[] {
  if (sizes !== undefined) return sizes.map((size) => Math.min(size, most));
  const steps = Array.from({ length: 12 }, (_, at) => (at % 2 === 0 ? 10 : 30) * 10 ** Math.floor(at / 2));
  return [...steps.filter((size) => size < most), most];
}

/** Ordered pairs (probe, mate) by position in class order, with their cosine still to be filled in. */
function matesOf(sorted: Rows, starts: Int32Array): Mates {
  const probe: number[] = [];
  const mate: number[] = [];
  for (let k = 0; k + 1 < starts.length; k++) {
    for (let a = starts[k]!; a < starts[k + 1]!; a++) {
      for (let b = starts[k]!; b < starts[k + 1]!; b++) {
        if (a === b) continue;
        probe.push(a);
        mate.push(b);
      }
    }
  }
  const cosine = new Float64Array(probe.length);
  const mates = { probe: Int32Array.from(probe), mate: Int32Array.from(mate), cosine };
  forEachTile(sorted, sorted, (tile) => {
    mates.probe.forEach((a, pair) => {
      const [i, j] = [a - tile.rowStart, mates.mate[pair]! - tile.columnStart];
      if (i >= 0 && i < tile.rows && j >= 0 && j < tile.columns) cosine[pair] = tile.values[i * tile.columns + j]!;
    });
  });
  return mates;
}
