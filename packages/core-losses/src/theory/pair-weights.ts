/** Cosines of one anchor with its positives and its negatives. */
export interface AnchorSimilarities {
  readonly positives: readonly number[];
  readonly negatives: readonly number[];
}

/** Weights `|dL/dS|` of one anchor's pairs, in the order of its similarities. */
export interface PairWeights {
  readonly positives: readonly number[];
  readonly negatives: readonly number[];
}

export type WeightedLoss =
  | { readonly name: 'contrastive'; readonly threshold: number }
  | { readonly name: 'triplet'; readonly margin: number }
  | { readonly name: 'liftedStructure'; readonly threshold: number }
  | { readonly name: 'binomialDeviance'; readonly positiveScale: number; readonly negativeScale: number; readonly threshold: number }
  | { readonly name: 'multiSimilarity'; readonly positiveScale: number; readonly negativeScale: number; readonly threshold: number; readonly miningMargin?: number };

/**
 * How much each pair of an anchor weighs in the gradient of a loss on cosines (general pair weighting).
 *
 *     w_ij = | dL / dS_ij |
 *
 * Binomial deviance averages each kind of pair; lifted structure is the form on cosines, its hinge closed gives 0;
 * multi-similarity without `miningMargin` is its weighting alone. Hinges that are exactly closed weigh 0.
 *
 * @param anchor cosines in [-1, 1]
 * @returns weights >= 0, one a pair
 * @see Wang et al., Multi-Similarity Loss with General Pair Weighting, CVPR 2019, section 3, https://arxiv.org/abs/1904.06627
 */
export function pairWeights(anchor: AnchorSimilarities, loss: WeightedLoss): PairWeights {
  const { positives, negatives } = anchor;
  switch (loss.name) {
    case 'contrastive':
      return { positives: positives.map(() => 1), negatives: negatives.map((s) => (s > loss.threshold ? 1 : 0)) };
    case 'triplet': {
      const violated = (positive: number, negative: number): number => (negative - positive + loss.margin > 0 ? 1 : 0);
      return { positives: positives.map((p) => sum(negatives.map((n) => violated(p, n)))), negatives: negatives.map((n) => sum(positives.map((p) => violated(p, n)))) };
    }
    case 'liftedStructure': {
      const term = logSumExp(positives.map((s) => loss.threshold - s)) + logSumExp(negatives);
      const open = term > 0 ? 1 : 0;
      return { positives: softmax(positives.map((s) => -s)).map((w) => open * w), negatives: softmax(negatives).map((w) => open * w) };
    }
    case 'binomialDeviance': {
      const { positiveScale: alpha, negativeScale: beta, threshold } = loss;
      return {
        positives: positives.map((s) => (alpha * sigmoid(alpha * (threshold - s))) / positives.length),
        negatives: negatives.map((s) => (beta * sigmoid(beta * (s - threshold))) / negatives.length),
      };
    }
    case 'multiSimilarity':
      return multiSimilarityWeights(anchor, loss);
  }
}

function multiSimilarityWeights({ positives, negatives }: AnchorSimilarities, loss: Extract<WeightedLoss, { name: 'multiSimilarity' }>): PairWeights {
  const { positiveScale: alpha, negativeScale: beta, threshold, miningMargin } = loss;
  const mined = miningMargin === undefined ? () => true : (hard: boolean) => hard;
  const slack = miningMargin ?? 0;
  const keptPositives = positives.map((s) => mined(s < Math.max(...negatives) + slack));
  const keptNegatives = negatives.map((s) => mined(s > Math.min(...positives) - slack));
  return {
    positives: shares(positives.map((s) => -alpha * (s - threshold)), keptPositives),
    negatives: shares(negatives.map((s) => beta * (s - threshold)), keptNegatives),
  };
}

/** `e^z_j / (1 + sum_k e^z_k)` over the kept pairs, 0 for the others. */
function shares(exponents: readonly number[], kept: readonly boolean[]): number[] {
  const total = Math.exp(logSumExp([0, ...exponents.filter((_, at) => kept[at])]));
  return exponents.map((z, at) => (kept[at] === true ? Math.exp(z) / total : 0));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

function logSumExp(values: readonly number[]): number {
  const largest = Math.max(...values);
  return largest + Math.log(sum(values.map((value) => Math.exp(value - largest))));
}

function softmax(values: readonly number[]): number[] {
  const total = logSumExp(values);
  return values.map((value) => Math.exp(value - total));
}
