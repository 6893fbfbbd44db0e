import { bestThreshold, lfwRule, onGrid, type ThresholdRule } from './threshold-rule';

export interface FoldAccuracyInput {
  /** For each fold under test the scores of all pairs, higher = more alike (`pairScores`). */
  readonly scores: readonly ArrayLike<number>[];
  /** `[pairs]`: 1 genuine, 0 impostor. */
  readonly same: ArrayLike<number>;
  /** `[pairs]`: fold of each pair, from 0. */
  readonly fold: ArrayLike<number>;
  readonly rule?: ThresholdRule;
}

export interface FoldAccuracy {
  /** Mean over folds, share in [0, 1]. */
  readonly mean: number;
  /** Population standard deviation over folds. */
  readonly std: number;
  readonly accuracies: readonly number[];
  readonly thresholds: readonly number[];
}

/**
 * Verification accuracy by folds: the threshold is chosen on all folds but one and tested on that one.
 * A pair is accepted iff its score is above the threshold.
 *
 * @throws RangeError if there are fewer than two folds or the lists differ in length
 */
export function foldAccuracy(input: FoldAccuracyInput): FoldAccuracy {
  return foldAccuracyBy(input)(new Float64Array(input.same.length).fill(1));
}

/**
 * The same as a function of the multiplicity of each pair, for the bootstrap. A fold whose pairs all weigh 0 is left
 * out of mean and deviation.
 */
export function foldAccuracyBy(input: FoldAccuracyInput): (weights: ArrayLike<number>) => FoldAccuracy {
  const { scores, same, fold, rule = lfwRule } = input;
  check(input);
  const once = new Map(scores.map((all) => [all, onGrid(all, same, rule)]));
  const members = scores.map((_, tested) => Array.from(same, (__, pair) => pair).filter((pair) => fold[pair] === tested));
  return (weights) => {
    const thresholds = scores.map((all, tested) => {
      return bestThreshold(once.get(all)!, weights, rule, (pair) => fold[pair] !== tested);
    });
    const accuracies = scores.map((all, tested) => {
      let [right, total] = [0, 0];
      for (const pair of members[tested]!) {
        total += weights[pair]!;
        if (isRight(all[pair]!, same[pair] === 1, thresholds[tested]!, rule)) right += weights[pair]!;
      }
      return right / total;
    });
    return { ...meanAndStd(accuracies), accuracies, thresholds };
  };
}

function isRight(score: number, same: boolean, threshold: number, { strictImpostors }: ThresholdRule): boolean {
  if (same) return score > threshold;
  return strictImpostors ? score < threshold : score <= threshold;
}

function meanAndStd(values: readonly number[]): { mean: number; std: number } {
  const counted = values.filter((value) => !Number.isNaN(value));
  const mean = counted.reduce((sum, value) => sum + value, 0) / counted.length;
  const squares = counted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, std: Math.sqrt(squares / counted.length) };
}

function check({ scores, same, fold }: FoldAccuracyInput): void {
  if (scores.length < 2) throw new RangeError(`foldAccuracy: needs two folds or more, got ${scores.length}`);
  if (fold.length !== same.length || scores.some((all) => all.length !== same.length)) {
    throw new RangeError(`foldAccuracy: scores and fold must be [${same.length}] to match same`);
  }
}
