import type { Rows } from '../checks';
import { classOrder } from '../classes';

export interface ClassMeans {
  /** float64 `[c, d]`, by ascending label. */
  readonly means: Float64Array;
  /** `[c]`. */
  readonly sizes: Int32Array;
  /** `[n]`: class number of each sample. */
  readonly classOf: Int32Array;
  /** `[d]`: mean of all samples. */
  readonly mean: Float64Array;
}

/** Mean row of every class, and of all. */
export function classMeans({ values, n, dim }: Rows, labels: Int32Array): ClassMeans {
  const { classOf, classes, starts } = classOrder(labels);
  const sizes = Int32Array.from({ length: classes }, (_, k) => starts[k + 1]! - starts[k]!);
  const means = new Float64Array(classes * dim);
  const mean = new Float64Array(dim);
  for (let row = 0; row < n; row++) {
    for (let at = 0; at < dim; at++) {
      means[classOf[row]! * dim + at]! += values[row * dim + at]!;
      mean[at]! += values[row * dim + at]!;
    }
  }
  return {
    means: means.map((sum, at) => sum / sizes[Math.floor(at / dim)]!),
    sizes,
    classOf,
    mean: mean.map((sum) => sum / n),
  };
}

/** Cosine of `dim` numbers of `a` from `atA` on with those of `b` from `atB` on; 0 if either is 0 throughout. */
export function cosineOf(a: ArrayLike<number>, atA: number, b: ArrayLike<number>, atB: number, dim: number): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let at = 0; at < dim; at++) {
    dot += a[atA + at]! * b[atB + at]!;
    aa += a[atA + at]! ** 2;
    bb += b[atB + at]! ** 2;
  }
  const cosine = dot / Math.max(Math.sqrt(aa * bb), 1e-24);
  return Math.max(-1, Math.min(1, cosine));
}

/** Angle in degrees of a cosine. */
export function degrees(cosine: number): number {
  return (Math.acos(Math.max(-1, Math.min(1, cosine))) * 180) / Math.PI;
}
