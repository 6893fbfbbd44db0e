/** Embeddings with their labels and a trained sub-centre classifier, as plain numbers. */
export interface SubCentreData {
  /** Row-major `[n, d]`, any norm. */
  readonly embeddings: ArrayLike<number>;
  /** `[n]`, values in `[0, c)`. */
  readonly labels: ArrayLike<number>;
  /** Row-major `[c * k, d]`, any norm, the sub-centres of a class next to each other. */
  readonly prototypes: ArrayLike<number>;
  /** d. */
  readonly dim: number;
  /** k. */
  readonly subCentres: number;
}

/** The sub-centre of its own class that is nearest to each example, `[n]`, values in `[0, k)`; the first on ties. */
export function nearestSubCentres(data: SubCentreData): Int32Array {
  const { labels, subCentres } = data;
  return Int32Array.from({ length: labels.length }, (_, i) => {
    const first = (labels[i] as number) * subCentres;
    const cosines = Array.from({ length: subCentres }, (_centre, k) => cosineWith(data, i, first + k));
    return cosines.indexOf(Math.max(...cosines));
  });
}

/**
 * The sub-centre that is nearest to most examples of each class.
 *
 * @returns `[c]`, values in `[0, k)`; the first on ties, 0 for a class without examples
 * @see Deng et al., Sub-center ArcFace, ECCV 2020; https://github.com/deepinsight/insightface (drop.py)
 */
export function dominantSubCentres(data: SubCentreData): Int32Array {
  const { labels, prototypes, dim, subCentres } = data;
  const classes = prototypes.length / (dim * subCentres);
  const votes = new Int32Array(classes * subCentres);
  nearestSubCentres(data).forEach((nearest, i) => {
    const winner = (labels[i] as number) * subCentres + nearest;
    votes[winner] = (votes[winner] as number) + 1;
  });
  return Int32Array.from({ length: classes }, (_, j) => {
    const own = votes.subarray(j * subCentres, (j + 1) * subCentres);
    return own.indexOf(Math.max(...own));
  });
}

/**
 * Which examples lie nearer than an angle to the dominant sub-centre of their class. The others are dropped before
 * training again with one centre a class.
 *
 * @param dominant `[c]`, from `dominantSubCentres`
 * @param angleDegrees the angle, in (0, 180]; paper: 75
 * @returns indices of the examples kept, ascending
 * @see Deng et al., Sub-center ArcFace, ECCV 2020; https://github.com/deepinsight/insightface (drop.py)
 */
export function keepWithin(data: SubCentreData, dominant: ArrayLike<number>, angleDegrees: number): number[] {
  const lowest = Math.cos((angleDegrees * Math.PI) / 180);
  return Array.from({ length: data.labels.length }, (_, i) => i).filter((i) => {
    const label = data.labels[i] as number;
    return cosineWith(data, i, label * data.subCentres + (dominant[label] as number)) > lowest;
  });
}

function cosineWith({ embeddings, prototypes, dim }: SubCentreData, example: number, row: number): number {
  let [dot, a, b] = [0, 0, 0];
  for (let axis = 0; axis < dim; axis++) {
    const [x, w] = [embeddings[example * dim + axis] as number, prototypes[row * dim + axis] as number];
    dot += x * w;
    a += x * x;
    b += w * w;
  }
  return dot / Math.max(Math.sqrt(a * b), 1e-12);
}
