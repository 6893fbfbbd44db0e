import { rowsOf, type EmbeddingsInput, type Rows } from '../checks';
import type { PairList } from './pair-list';

export interface PairScoresInput {
  /** float32 `[n, d]`, any norm. */
  readonly embeddings: EmbeddingsInput;
  readonly dim?: number;
  readonly pairs: PairList;
  /**
   * Whether the mean embedding of the other folds' samples is taken off before normalising, as SphereFace's
   * evaluation does; the scores of a pair then depend on the fold under test.
   */
  readonly subtractMean?: boolean;
}

/**
 * Cosine of every pair, in float64.
 *
 * @returns for each fold under test the `[pairs]` scores of the whole list; without `subtractMean` all the same
 * @see https://github.com/wy1iu/sphereface, test/code/evaluation.m
 */
export function pairScores({ embeddings, dim, pairs, subtractMean = false }: PairScoresInput): readonly Float64Array[] {
  const rows = rowsOf('pairScores', embeddings, dim);
  if (!subtractMean) {
    const scores = cosines(rows, pairs, new Float64Array(rows.dim));
    return Array.from({ length: pairs.folds }, () => scores);
  }
  return Array.from({ length: pairs.folds }, (_, fold) => cosines(rows, pairs, meanOfOthers(rows, pairs, fold)));
}

/** Mean over left and right samples of all pairs outside the fold; a sample counts as often as it occurs. */
function meanOfOthers({ values, dim }: Rows, { left, right, fold: foldOf }: PairList, fold: number): Float64Array {
  const mean = new Float64Array(dim);
  let count = 0;
  for (const side of [left, right]) {
    side.forEach((sample, pair) => {
      if (foldOf[pair] === fold) return;
      count++;
      for (let at = 0; at < dim; at++) mean[at]! += values[sample * dim + at]!;
    });
  }
  return mean.map((sum) => sum / count);
}

function cosines({ values, dim }: Rows, { left, right }: PairList, centre: Float64Array): Float64Array {
  return Float64Array.from(left, (sample, pair) => {
    const [a, b] = [sample * dim, right[pair]! * dim];
    let [dot, aa, bb] = [0, 0, 0];
    for (let at = 0; at < dim; at++) {
      const [x, y] = [values[a + at]! - centre[at]!, values[b + at]! - centre[at]!];
      dot += x * y;
      aa += x * x;
      bb += y * y;
    }
    return dot / Math.max(Math.sqrt(aa * bb), 1e-24);
  });
}
