import { rowsOf, type EmbeddingsInput, type Rows } from '../checks';
import { forEachTile, type Measure } from '../similarity/tiles';
import { unitRows } from '../similarity/unit-rows';
import { neighbours } from './neighbours';
import { expandQuery, reciprocalWeights, type Weights } from './reciprocal-weights';

/** Constants of the re-ranking. */
export interface Reranking {
  /** Neighbours of the k-reciprocal sets. Default 20. */
  readonly k1?: number;
  /** Neighbours of which weights are averaged; 1: none but the row itself. Default 6. */
  readonly k2?: number;
  /** Weight of the first distance, in [0, 1]. Default 0.3. */
  readonly lambda?: number;
}

export interface RerankInput extends Reranking {
  /** float32 `[q, d]`. */
  readonly queries: EmbeddingsInput;
  /** float32 `[g, d]`. */
  readonly gallery: EmbeddingsInput;
  /** Length d; may be left out for tensors. */
  readonly dim?: number;
  /** Euclidean distances of unit rows (`cosine`, the default) or of rows as they are. */
  readonly measure?: Measure;
  /** Called for each query in turn with its distances `[g]`, lower is nearer; they are valid during the call only. */
  readonly onQuery: (query: number, distances: Float64Array) => void;
}

/**
 * k-reciprocal re-ranking. Queries and gallery together are searched for neighbours; the distance is
 *
 *     (1 - lambda) (1 - sum_j min(V_qj, V_gj) / (2 - sum_j min(V_qj, V_gj))) + lambda d(q, g)
 *
 * with V the weights of k-reciprocal sets and d the squared distance over the largest of the query. V is kept sparse, and
 * distances are made for one query at a time: memory grows with (q + g) k1, not with its square. Equally near
 * neighbours are ordered by index, queries before the gallery.
 *
 * @throws RangeError if k1, k2 or lambda is out of range, or the lengths differ
 * @see Zhong et al., Re-ranking Person Re-identification with k-reciprocal Encoding, CVPR 2017, https://arxiv.org/abs/1701.08398
 */
export function rerank(input: RerankInput): void {
  const { k1 = 20, k2 = 6, lambda = 0.3, measure = 'cosine', onQuery } = input;
  const queries = rowsOf('rerank (queries)', input.queries, input.dim);
  const gallery = rowsOf('rerank (gallery)', input.gallery, input.dim);
  if (queries.dim !== gallery.dim) throw new RangeError(`rerank: gallery must be [g, ${queries.dim}] to match the queries, got [${gallery.n}, ${gallery.dim}]`);
  if (!(k1 >= 1 && k2 >= 1 && k2 <= k1 + 1)) throw new RangeError(`rerank: needs k1 >= 1 and k2 in [1, k1 + 1], got ${k1} and ${k2}`);
  if (!(lambda >= 0 && lambda <= 1)) throw new RangeError(`rerank: lambda must be in [0, 1], got ${lambda}`);
  const both = together(queries, gallery);
  const rows = measure === 'cosine' ? unitRows(both) : both;
  const near = neighbours(rows, Math.min(k1 + 1, rows.n));
  const own = reciprocalWeights(rows, near, k1);
  const weights = k2 === 1 ? own : expandQuery(own, near, Math.min(k2, near.k));
  const columns = columnsOf(weights, queries.n);
  const [left, right] = [part(rows, 0, queries.n), part(rows, queries.n, rows.n)];
  forEachTile(left, right, (tile) => {
    for (let i = 0; i < tile.rows; i++) {
      const query = tile.rowStart + i;
      const distances = jaccardDistances(weights[query]!, columns, gallery.n);
      const largest = Math.max(near.farthest[query]!, 1e-24);
      for (let at = 0; at < gallery.n; at++) distances[at] = (1 - lambda) * distances[at]! - (lambda * tile.values[i * tile.columns + at]!) / largest;
      onQuery(query, distances);
    }
  }, { measure: 'euclidean' });
}

/** For each index the gallery rows that have a weight there. */
type Columns = ReadonlyMap<number, { readonly rows: number[]; readonly weights: number[] }>;

function columnsOf(weights: readonly Weights[], queries: number): Columns {
  const columns = new Map<number, { rows: number[]; weights: number[] }>();
  for (let row = queries; row < weights.length; row++) {
    for (const [index, weight] of weights[row]!) {
      const column = columns.get(index) ?? { rows: [], weights: [] };
      columns.set(index, column);
      column.rows.push(row - queries);
      column.weights.push(weight);
    }
  }
  return columns;
}

function jaccardDistances(query: Weights, columns: Columns, gallery: number): Float64Array {
  const shared = new Float64Array(gallery);
  for (const [index, weight] of query) {
    const column = columns.get(index);
    column?.rows.forEach((row, at) => (shared[row]! += Math.min(weight, column.weights[at]!)));
  }
  return shared.map((sum) => 1 - sum / (2 - sum));
}

function together(a: Rows, b: Rows): Rows {
  const values = new Float32Array(a.values.length + b.values.length);
  values.set(a.values);
  values.set(b.values, a.values.length);
  return { values, n: a.n + b.n, dim: a.dim };
}

const part = ({ values, dim }: Rows, from: number, to: number): Rows => ({ values: values.subarray(from * dim, to * dim), n: to - from, dim });
