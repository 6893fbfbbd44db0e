import { labelledRows, type EmbeddingsInput, type Labelled } from '../checks';
import { draws } from '../random';
import { relevantLists } from '../retrieval/relevant-lists';
import { inClassOrder } from '../similarity/class-rows';
import { blocksOf, type EmbeddingBlocks } from '../similarity/embedding-blocks';
import { unitRows } from '../similarity/unit-rows';
import { mateRanks, type Pool } from './mate-ranks';

export interface IdentificationInput extends Labelled {
  /** float32 `[m, d]`: samples of classes that occur nowhere else; in blocks where they do not fit in memory. */
  readonly distractors: EmbeddingsInput | EmbeddingBlocks;
  /** Order in which distractors join the gallery; left out: as given. */
  readonly seed?: number;
  /** Numbers of distractors at which rank-1 is wanted, ascending; each gallery contains the one before. */
  readonly sizes?: readonly number[];
}

/** One value for each ordered pair (probe, mate): probes in order of class, the mates of each nearest first. */
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
  const set = inClassOrder(unitRows(probes), input.labels);
  const pool = poolOf(input, probes.dim);
  const sizes = sizesUpTo(pool.blocks.n, input.sizes);
  const mates = relevantLists(set, () => true, 'cosine');
  if (mates.similarity.length === 0) throw new RangeError('identification: needs a class with two images or more, got single images only');
  const { rank, firstAhead } = mateRanks(set.rows, pool, mates);
  const curve = sizes.map((distractors) => ({
    distractors,
    rank1: firstAhead.reduce((count, ahead) => count + (ahead >= distractors ? 1 : 0), 0) / rank.length,
  }));
  const classOf = new Int32Array(rank.length);
  for (let probe = 0; probe < probes.n; probe++) classOf.fill(set.classAt[probe]!, mates.starts[probe], mates.starts[probe + 1]);
  return { rank, classOf, distractors: pool.blocks.n, curve };
}

/** Share of pairs whose mate is among the first k. */
export function rankShare({ rank }: Identification, k: number): number {
  return rank.reduce((count, at) => count + (at <= k ? 1 : 0), 0) / rank.length;
}

function poolOf({ distractors, seed }: IdentificationInput, dim: number): Pool {
  const blocks = blocksOf('identification (distractors)', distractors, dim);
  if (blocks.dim !== dim) throw new RangeError(`identification: distractors must be [m, ${dim}] to match the embeddings, got [${blocks.n}, ${blocks.dim}]`);
  const placeOf = Int32Array.from({ length: blocks.n }, (_, row) => row);
  if (seed !== undefined) {
    const order = draws(seed, 'distractors').shuffle([...placeOf]);
    order.forEach((row, place) => (placeOf[row] = place));
  }
  return { blocks, placeOf };
}

/** 10, 30, 100, 300, ... and all. */
function sizesUpTo(most: number, sizes?: readonly number[]): readonly number[] {
  if (sizes !== undefined) return sizes.map((size) => Math.min(size, most));
  const steps = Array.from({ length: 12 }, (_, at) => (at % 2 === 0 ? 10 : 30) * 10 ** Math.floor(at / 2));
  return [...steps.filter((size) => size < most), most];
}
