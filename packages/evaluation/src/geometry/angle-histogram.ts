import { labelledRows, type Labelled } from '../checks';
import { takeRows } from '../similarity/unit-rows';
import { allPairs } from '../verification/all-pairs';
import { degrees } from './class-means';

/** Numbers of pairs by angle, 0 to 180 degrees. */
export interface AngleHistogram {
  /** Width of a bin; bin k holds angles in [k, k + 1) times this, the last one 180 too. */
  readonly binDegrees: number;
  readonly genuine: readonly number[];
  readonly impostors: readonly number[];
}

export interface AngleBins {
  /** Counts the cosines `values[from .. to - 1]`. */
  readonly add: (values: ArrayLike<number>, from: number, to: number) => void;
  readonly counts: readonly number[];
}

/** Cosines of one cell mostly share a bin: only where they do not is the angle computed. */
const CELLS = 8192;

/** Counts cosines by angle. */
export function angleBins(binDegrees: number): AngleBins {
  const bins = Math.ceil(180 / binDegrees);
  const counts = new Array<number>(bins).fill(0);
  const binOf = (cosine: number): number => Math.min(bins - 1, Math.floor(degrees(cosine) / binDegrees));
  const edges = Array.from({ length: CELLS + 2 }, (_, cell) => binOf(Math.min(1, (2 * cell) / CELLS - 1)));
  // one cell to spare on both sides, for rounding
  const ofCell = Int32Array.from({ length: CELLS + 1 }, (_, cell) => (edges[Math.max(0, cell - 1)] === edges[Math.min(CELLS, cell + 2)] ? edges[cell]! : -1));
  return {
    add(values, from, to) {
      for (let at = from; at < to; at++) {
        const cosine = values[at]!;
        const known = cosine > -1 && cosine < 1 ? ofCell[((cosine + 1) * (CELLS / 2)) | 0]! : -1;
        counts[known < 0 ? binOf(cosine) : known]!++;
      }
    },
    counts,
  };
}

export interface AngleHistogramInput extends Labelled {
  readonly binDegrees?: number;
  /** Only samples of these labels, as in SphereFace's Figure 5. Default: all. */
  readonly classes?: readonly number[];
}

/**
 * Angles of all genuine and impostor pairs, each pair once, the sample itself excluded.
 *
 * @throws RangeError without two classes, or without any genuine pair
 * @see Liu et al., SphereFace, CVPR 2017, Figure 5, https://arxiv.org/abs/1704.08063
 */
export function angleHistogram({ classes, binDegrees = 2, ...input }: AngleHistogramInput): AngleHistogram {
  const impostors = angleBins(binDegrees);
  const genuine = angleBins(binDegrees);
  const pairs = allPairs({
    ...(classes === undefined ? input : only(input, new Set(classes))),
    onImpostors: ({ values, offset, from, to }) => impostors.add(values, offset + from, offset + to),
  });
  genuine.add(pairs.genuine.scores, 0, pairs.genuine.scores.length);
  return { binDegrees, genuine: genuine.counts, impostors: impostors.counts };
}

function only(input: Labelled, classes: ReadonlySet<number>): Labelled {
  const rows = labelledRows('angleHistogram', input);
  const kept = Int32Array.from(input.labels.keys()).filter((sample) => classes.has(input.labels[sample]!));
  return { embeddings: takeRows(rows, kept).values, dim: rows.dim, labels: kept.map((sample) => input.labels[sample]!) };
}
