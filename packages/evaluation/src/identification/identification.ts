import { labelledRows, type EmbeddingsInput, type Labelled } from '../checks';
import { draws } from '../random';
import { inClassOrder } from '../similarity/class-rows';
import { blocksOf, type EmbeddingBlocks } from '../similarity/embedding-blocks';
import { unitRows } from '../similarity/unit-rows';
import { galleryOf } from './gallery';
import { mateRanks } from './mate-ranks';

export interface IdentificationInput extends Labelled {
  /** float32 `[m, d]`: samples of classes that occur nowhere else; in blocks where they do not fit in memory. */
  readonly distractors: EmbeddingsInput | EmbeddingBlocks;
  /** Order in which distractors join the gallery; left out: as given. */
  readonly seed?: number;
  /** Numbers of distractors at which rank-1 is wanted, ascending; each gallery contains the one before. */
  readonly sizes?: readonly number[];
  /** Ranks are told apart up to this one, at least 1. Default 100. */
  readonly limit?: number;
}

/** One value for each ordered pair (probe, mate): probes in order of class, the mates of each nearest first. */
export interface Identification {
  /** Rank of the mate in {mate} + all distractors, from 1; `limit + 1` if it is beyond `limit`. */
  readonly rank: Int32Array;
  /** Up to which ranks are told apart; no higher than the number of distractors, where all are. */
  readonly limit: number;
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
  const blocks = distractorBlocks(input, probes.dim);
  const sizes = sizesUpTo(blocks.n, input.sizes);
  if (set.classes === probes.n) throw new RangeError('identification: needs a class with two images or more, got single images only');
  const gallery = galleryOf(blocks, placesOf(blocks.n, input.seed), sizes);
  const limit = limitOf(input, blocks.n);
  const { rank, starts, firsts } = mateRanks(set, gallery, limit);
  const rank1 = new Map([[0, rank.length], ...gallery.ends.map((end, segment) => [end, firsts[segment]!] as const)]);
  const curve = sizes.map((distractors) => ({ distractors, rank1: rank1.get(distractors)! / rank.length }));
  const classOf = new Int32Array(rank.length);
  for (let probe = 0; probe < probes.n; probe++) classOf.fill(set.classAt[probe]!, starts[probe], starts[probe + 1]);
  return { rank, limit, classOf, distractors: blocks.n, curve };
}

/**
 * Share of pairs whose mate is among the first k.
 *
 * @throws RangeError if k is above the limit up to which ranks were told apart
 */
export function rankShare({ rank, limit, distractors }: Pick<Identification, 'rank' | 'limit' | 'distractors'>, k: number): number {
  if (k > limit && limit < distractors) {
    throw new RangeError(`rankShare: k must be at most ${limit}, up to which ranks were told apart, got ${k}; pass limit: ${k} to identification`);
  }
  return rank.reduce((count, at) => count + (at <= k ? 1 : 0), 0) / rank.length;
}

function distractorBlocks({ distractors }: IdentificationInput, dim: number): EmbeddingBlocks {
  const blocks = blocksOf('identification (distractors)', distractors, dim);
  if (blocks.dim !== dim) throw new RangeError(`identification: distractors must be [m, ${dim}] to match the embeddings, got [${blocks.n}, ${blocks.dim}]`);
  return blocks;
}

function limitOf({ limit = 100 }: IdentificationInput, distractors: number): number {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`identification: limit must be a positive integer, got ${limit}`);
  return Math.min(limit, distractors);
}

/** Place of each distractor in the order of joining. */
function placesOf(n: number, seed?: number): Int32Array {
  const rows = Int32Array.from({ length: n }, (_, row) => row);
  if (seed === undefined) return rows;
  const placeOf = new Int32Array(n);
  draws(seed, 'distractors').shuffle([...rows]).forEach((row, place) => (placeOf[row] = place));
  return placeOf;
}

/** 10, 30, 100, 300, ... and all. */
function sizesUpTo(most: number, sizes?: readonly number[]): readonly number[] {
  const bad = sizes?.find((size) => !Number.isInteger(size) || size < 0);
  if (bad !== undefined) throw new RangeError(`identification: sizes must be integers from 0 on, got ${bad}`);
  if (sizes !== undefined) return sizes.map((size) => Math.min(size, most));
  const steps = Array.from({ length: 12 }, (_, at) => (at % 2 === 0 ? 10 : 30) * 10 ** Math.floor(at / 2));
  return [...steps.filter((size) => size < most), most];
}
