import { classOrder } from '../classes';
import type { Section } from '../metrics/metric-value';
import { foldAccuracyBy } from '../verification/fold-accuracy';
import { verificationPairs, type PairList } from '../verification/pair-list';
import { pairScores } from '../verification/pair-scores';
import { collector } from './measured';
import type { Evaluation } from './options';

/** Ten-fold verification accuracy on a seeded list of pairs; nothing with too few classes for two folds. */
export function foldsSection(evaluation: Evaluation): Section {
  const { labels, seed, folds, perFold, multiplicities } = evaluation;
  const found = collector(evaluation.multiplicities);
  const { classOf, classes } = classOrder(labels);
  const pairs = pairsOf(classes, () => verificationPairs({ labels, seed, folds, perFold }));
  if (pairs === undefined) return found.section();
  const accuracyBy = foldAccuracyBy({ scores: pairScores({ ...evaluation, pairs }), same: pairs.same, fold: pairs.fold });
  const { mean, std } = accuracyBy(new Float64Array(pairs.same.length).fill(1));
  const replicates = multiplicities.map((weights) => accuracyBy(pairWeights(pairs, classOf, weights)).mean);
  found.add('verification.accuracy', mean, { n: pairs.same.length, replicates });
  found.add('verification.accuracyStd', std, { n: pairs.folds });
  return found.section();
}

/** A genuine pair weighs w_a, an impostor pair w_a w_b. */
function pairWeights({ left, right, same }: PairList, classOf: Int32Array, weights: Float64Array): Float64Array {
  return Float64Array.from(left, (sample, pair) => {
    const own = weights[classOf[sample]!]!;
    return same[pair] ? own : own * weights[classOf[right[pair]!]!]!;
  });
}

/** The list, or undefined where data are too few for two folds. */
function pairsOf(classes: number, make: () => PairList): PairList | undefined {
  if (classes < 4) return undefined;
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
