import { rowsOf, type EmbeddingsInput, type Rows } from '../checks';
import { assigner, squaredDistances } from './assign';
import { initialCentres, type CentreRule } from './initial-centres';
import { moveCentres } from './move-centres';

export interface KMeansInput {
  /** float32 `[n, d]`, taken as they are. */
  readonly embeddings: EmbeddingsInput;
  readonly dim?: number;
  /** k, in [1, n]. */
  readonly clusters: number;
  /** How first centres are found, or they themselves, `[k, d]`. Default: k-means++. */
  readonly start?: CentreRule | Float32Array;
  /** Seed of the rule. Default 0. */
  readonly seed?: number;
  /** Default 300. */
  readonly maxIterations?: number;
}

export interface KMeans {
  /** `[n]`: number of the cluster of each row, in [0, k); that of the nearest of `centres`, of equally near ones the first. */
  readonly assignment: Int32Array;
  /** `[k, d]`. */
  readonly centres: Float32Array;
  /** Times that centres were moved. */
  readonly iterations: number;
  /** Sum of squared distances to the own centre. */
  readonly inertia: number;
}

/**
 * k-means by Lloyd's algorithm, one start, until no row changes its cluster. Distances are Euclidean: pass unit rows
 * for the cosine. A cluster that loses all rows is given the row farthest from its centre.
 *
 * @throws RangeError if k is not in [1, n], or first centres do not fit
 * @see Lloyd, Least squares quantization in PCM, IEEE Trans. Inf. Theory 28 (1982), https://doi.org/10.1109/TIT.1982.1056489
 */
export function kMeans(input: KMeansInput): KMeans {
  const { clusters, maxIterations = 300 } = input;
  const rows = rowsOf('kMeans', input.embeddings, input.dim);
  if (!Number.isInteger(clusters) || clusters < 1 || clusters > rows.n) {
    throw new RangeError(`kMeans: clusters must be an integer in [1, ${rows.n}], got ${clusters}`);
  }
  let centres = firstCentres(rows, input);
  const { nearest, dispose } = assigner(rows);
  try {
    let assignment = nearest(centres);
    let iterations = 0;
    for (let settled = false; !settled && iterations < maxIterations; iterations++) {
      centres = moveCentres(rows, centres, assignment);
      const next = nearest(centres);
      settled = next.every((centre, row) => centre === assignment[row]);
      assignment = next;
    }
    const inertia = squaredDistances(rows, centres, assignment).reduce((sum, squared) => sum + squared, 0);
    return { assignment, centres: centres.values, iterations, inertia };
  } finally {
    dispose();
  }
}

function firstCentres(rows: Rows, { clusters, start = 'k-means++', seed = 0 }: KMeansInput): Rows {
  if (typeof start === 'string') return initialCentres(rows, clusters, start, seed);
  if (start.length !== clusters * rows.dim) throw new RangeError(`kMeans: start must be [${clusters}, ${rows.dim}], got ${start.length} numbers`);
  return { values: start, n: clusters, dim: rows.dim };
}
