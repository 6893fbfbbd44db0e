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
 * Visits blocks of `size` rows in order, a smaller one at the end. Their numbers are not looked at.
 *
 * @throws RangeError if fewer rows are read than asked for
 */
export function forEachBlock({ n, dim, read }: EmbeddingBlocks, size: number, visit: (block: Rows, start: number) => void): void {
  for (let start = 0; start < n; start += size) {
    const block = { values: read(start, Math.min(size, n - start)), n: Math.min(size, n - start), dim };
    if (block.values.length !== block.n * dim) throw new RangeError(`embeddings: read must give ${block.n} rows of ${dim} from row ${start} on, got ${block.values.length} numbers`);
    visit(block, start);
  }
}
