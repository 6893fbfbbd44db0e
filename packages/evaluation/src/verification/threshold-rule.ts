/** How a threshold is chosen. */
export interface ThresholdRule {
  /** Candidate thresholds on the score, ascending. */
  readonly grid: readonly number[];
  /** Which of the thresholds of highest accuracy: the lowest, the highest, or the mean of all such. */
  readonly choose: 'lowest' | 'highest' | 'mean';
  /** Whether an impostor score equal to the threshold counts as an error, too. */
  readonly strictImpostors: boolean;
}

/**
 * LFW as coded by InsightFace: squared distances 0, 0.01, ..., 3.99 of unit embeddings, "same" iff below, first
 * maximum. On cosines, d^2 = 2 - 2 cos, the first is the highest.
 *
 * @see https://github.com/deepinsight/insightface, recognition/arcface_torch/eval/verification.py
 */
export const lfwRule: ThresholdRule = {
  grid: Array.from({ length: 400 }, (_, at) => 1 - (399 - at) / 200),
  choose: 'highest',
  strictImpostors: false,
};

/**
 * SphereFace's evaluation: thresholds -1, -0.9999, ..., 1 on the cosine; the mean of all that maximise accuracy.
 *
 * @see https://github.com/wy1iu/sphereface, test/code/evaluation.m
 */
export const spherefaceRule: ThresholdRule = {
  grid: Array.from({ length: 20001 }, (_, at) => (at - 10000) / 10000),
  choose: 'mean',
  strictImpostors: true,
};

/** Scored pairs that know where on the grid they change sides. */
export interface GriddedPairs {
  readonly same: ArrayLike<number>;
  /** Index on the grid from which on a genuine pair is judged wrongly, an impostor pair rightly. */
  readonly turn: Int32Array;
}

/** Places every score on the rule's grid. */
export function onGrid(scores: ArrayLike<number>, same: ArrayLike<number>, { grid, strictImpostors }: ThresholdRule): GriddedPairs {
  const turn = Int32Array.from(scores, (score, pair) => {
    const passed = !same[pair] && strictImpostors ? (t: number) => t <= score : (t: number) => t < score;
    let [low, high] = [0, grid.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (passed(grid[middle]!)) low = middle + 1;
      else high = middle;
    }
    return low;
  });
  return { same, turn };
}

/**
 * The threshold of highest accuracy.
 *
 * @param weights `[pairs]`, multiplicity of each pair
 * @param isTrained whether a pair is among those that choose; default: all
 */
export function bestThreshold(
  { same, turn }: GriddedPairs,
  weights: ArrayLike<number>,
  { grid, choose }: ThresholdRule,
  isTrained: (pair: number) => boolean = () => true,
): number {
  const change = new Float64Array(grid.length + 1);
  let right = 0; // below the grid all are accepted: genuine pairs are right
  for (let pair = 0; pair < turn.length; pair++) {
    if (!isTrained(pair)) continue;
    const weight = weights[pair]!;
    if (same[pair]) right += weight;
    change[turn[pair]!]! += same[pair] ? -weight : weight;
  }
  let best = -1;
  let chosen: number[] = [];
  for (let at = 0; at < grid.length; at++) {
    right += change[at]!;
    if (right < best) continue;
    if (right > best) chosen = [];
    best = right;
    chosen.push(grid[at]!);
  }
  if (choose === 'lowest') return chosen[0]!;
  if (choose === 'highest') return chosen.at(-1)!;
  return chosen.reduce((sum, threshold) => sum + threshold, 0) / chosen.length;
}
