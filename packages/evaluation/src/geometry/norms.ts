import { checkPerSample, rowsOf, type EmbeddingsInput } from '../checks';
import { rowNorm } from '../similarity/unit-rows';
import { pearson, spearman } from '../statistics/correlation';

/** Mean Euclidean length of embeddings `[n, d]`. */
export function meanNorm(embeddings: EmbeddingsInput, dim?: number): number {
  const norms = norm('meanNorm', embeddings, dim);
  return norms.reduce((sum, value) => sum + value, 0) / norms.length;
}

export interface NormAgainstSizeInput {
  /** float32 `[c, d]`: class weights, not normalised. */
  readonly prototypes: EmbeddingsInput;
  readonly dim?: number;
  /** `[c]`: training images of each class. */
  readonly sizes: ArrayLike<number>;
}

/**
 * Correlation of a class's weight norm with its number of training images.
 *
 * @returns coefficients in [-1, 1]; NaN where norms or sizes are all equal
 * @see Liu et al., SphereFace, CVPR 2017, Figure 9, https://arxiv.org/abs/1704.08063
 */
export function normAgainstSize({ prototypes, dim, sizes }: NormAgainstSizeInput): { readonly pearson: number; readonly spearman: number } {
  const norms = norm('normAgainstSize', prototypes, dim);
  checkPerSample('normAgainstSize', 'sizes', sizes, norms.length);
  return { pearson: pearson(norms, sizes), spearman: spearman(norms, sizes) };
}

function norm(name: string, embeddings: EmbeddingsInput, dim?: number): Float64Array {
  const rows = rowsOf(name, embeddings, dim);
  return Float64Array.from({ length: rows.n }, (_, row) => rowNorm(rows.values, row * rows.dim, rows.dim));
}
