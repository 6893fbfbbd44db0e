/**
 * Scores of one query from the ranks (from 1, ascending) of its R relevant references; rel(k) = 1 if the kth
 * reference is relevant, P(k) = the share of relevant ones among the first k.
 *
 * @see Musgrave, Belongie, Lim, A Metric Learning Reality Check, ECCV 2020, https://arxiv.org/abs/2003.08505
 */
export const retrievalScores = {
  /** 1 if the nearest reference is relevant; P@1 is the same. */
  recallAt1: (ranks: Int32Array) => recallAt(ranks, 1),
  recallAt2: (ranks: Int32Array) => recallAt(ranks, 2),
  recallAt4: (ranks: Int32Array) => recallAt(ranks, 4),
  recallAt5: (ranks: Int32Array) => recallAt(ranks, 5),
  recallAt8: (ranks: Int32Array) => recallAt(ranks, 8),
  recallAt10: (ranks: Int32Array) => recallAt(ranks, 10),
  recallAt16: (ranks: Int32Array) => recallAt(ranks, 16),
  recallAt32: (ranks: Int32Array) => recallAt(ranks, 32),
  recallAt100: (ranks: Int32Array) => recallAt(ranks, 100),
  recallAt1000: (ranks: Int32Array) => recallAt(ranks, 1000),
  rPrecision,
  mapAtR,
  map: averagePrecision,
  mrr: (ranks: Int32Array) => 1 / ranks[0]!,
  minp: inverseNegativePenalty,
} as const;

export type RetrievalScore = keyof typeof retrievalScores;

/** 1 if any of the first k references is relevant, else 0. */
export function recallAt(ranks: Int32Array, k: number): number {
  return ranks[0]! <= k ? 1 : 0;
}

/** Share of relevant ones among the first R. */
function rPrecision(ranks: Int32Array): number {
  return ranks.reduce((found, rank) => found + (rank <= ranks.length ? 1 : 0), 0) / ranks.length;
}

/** (1/R) sum over k <= R of P(k) rel(k): the divisor is R, not the number found. */
function mapAtR(ranks: Int32Array): number {
  return precisionSum(ranks, ranks.length) / ranks.length;
}

/** (1/R) sum over all k of P(k) rel(k). */
function averagePrecision(ranks: Int32Array): number {
  return precisionSum(ranks, Infinity) / ranks.length;
}

/** R / rank of the last relevant reference; its mean is mINP (Ye et al., https://arxiv.org/abs/2001.04193). */
function inverseNegativePenalty(ranks: Int32Array): number {
  return ranks.length / ranks.at(-1)!;
}

function precisionSum(ranks: Int32Array, upTo: number): number {
  return ranks.reduce((sum, rank, at) => sum + (rank <= upTo ? (at + 1) / rank : 0), 0);
}
