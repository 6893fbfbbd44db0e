import { labelledRows, rowsOf, type EmbeddingsInput, type Labelled } from '../checks';
import { unitRows } from '../similarity/unit-rows';
import { classMeans, cosineOf, degrees } from './class-means';

export interface AngleStatisticsInput extends Labelled {
  /** float32 `[c, d]`, any norm; row k belongs to the kth class by ascending label. */
  readonly prototypes?: EmbeddingsInput;
}

/** Degrees. EC is the mean of a class's embeddings, each scaled to length 1 first. */
export interface AngleStatistics {
  /** Mean angle of an embedding and its EC. */
  readonly intra: number;
  /** Mean over classes of the angle of its EC and the nearest other EC. */
  readonly inter: number;
  /** Mean angle of a prototype and its EC. */
  readonly prototypeCentre?: number;
  /** Mean over classes of the angle of its prototype and the nearest other one. */
  readonly prototypeInter?: number;
}

/**
 * Angles within and between classes: Intra, Inter, and with prototypes W-EC and W-Inter.
 * Single-image classes add an angle of 0 to Intra.
 *
 * @throws RangeError if there are fewer than two classes, or another number of prototypes
 * @see Deng et al., ArcFace, CVPR 2019, Table 3, https://arxiv.org/abs/1801.07698v3
 */
export function angleStatistics(input: AngleStatisticsInput): AngleStatistics {
  const rows = unitRows(labelledRows('angleStatistics', input));
  const { means, sizes, classOf } = classMeans(rows, input.labels);
  const { dim } = rows;
  if (sizes.length < 2) throw new RangeError(`angleStatistics: needs two classes or more, got ${sizes.length}`);
  let intra = 0;
  classOf.forEach((k, row) => (intra += degrees(cosineOf(rows.values, row * dim, means, k * dim, dim))));
  const centres = { intra: intra / rows.n, inter: nearestOther(means, dim) };
  if (input.prototypes === undefined) return centres;
  const prototypes = rowsOf('angleStatistics (prototypes)', input.prototypes, dim);
  if (prototypes.n !== sizes.length || prototypes.dim !== dim) {
    throw new RangeError(`angleStatistics: prototypes must be [${sizes.length}, ${dim}] to match the classes, got [${prototypes.n}, ${prototypes.dim}]`);
  }
  let apart = 0;
  for (let at = 0; at < means.length; at += dim) apart += degrees(cosineOf(prototypes.values, at, means, at, dim));
  return { ...centres, prototypeCentre: apart / sizes.length, prototypeInter: nearestOther(prototypes.values, dim) };
}

/** Mean over rows of the angle to the nearest other row, degrees. */
function nearestOther(rows: ArrayLike<number>, dim: number): number {
  const count = rows.length / dim;
  const nearest = new Float64Array(count).fill(-1);
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      const cosine = cosineOf(rows, a * dim, rows, b * dim, dim);
      nearest[a] = Math.max(nearest[a]!, cosine);
      nearest[b] = Math.max(nearest[b]!, cosine);
    }
  }
  return nearest.reduce((sum, cosine) => sum + degrees(cosine), 0) / count;
}
