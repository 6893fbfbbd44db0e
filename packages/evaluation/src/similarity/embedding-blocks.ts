import { rowsOf, type EmbeddingsInput, type Rows } from '../checks';

/** Embeddings that are read in blocks, so that they need not fit in memory: those of a file, say. */
export interface EmbeddingBlocks {
  readonly n: number;
  readonly dim: number;
  /** Row after row, `start .. start + count - 1`; may be overwritten by the next call. */
  readonly read: (start: number, count: number) => Float32Array;
}

/** Blocks of embeddings that are at hand, or those of `given` itself. */
export function blocksOf(name: string, given: EmbeddingsInput | EmbeddingBlocks, dim: number): EmbeddingBlocks {
  if ('read' in given) return given;
  const rows = rowsOf(name, given, dim);
  return { n: rows.n, dim: rows.dim, read: (start, count) => rows.values.subarray(start * rows.dim, (start + count) * rows.dim) };
}

/**
 * Visits blocks of `size` rows in order, a smaller one at the end.
 *
 * @throws RangeError if one is not finite
 */
export function forEachBlock({ n, dim, read }: EmbeddingBlocks, { name, size }: { readonly name: string; readonly size: number }, visit: (block: Rows, start: number) => void): void {
  for (let start = 0; start < n; start += size) {
    visit(rowsOf(`${name}, rows from ${start} on`, read(start, Math.min(size, n - start)), dim), start);
  }
}
