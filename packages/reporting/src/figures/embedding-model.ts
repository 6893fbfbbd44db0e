import type { FigureVariant } from '../variant-style';

/** Embeddings of one variant, for the circle (d = 2) and the sphere (d = 3). */
export interface EmbeddingSeries {
  readonly variant: FigureVariant;
  /** `[n, d]`, any norm. */
  readonly points: readonly (readonly number[])[];
  /** `[n]`, ordinals of classes. */
  readonly labels: readonly number[];
  /** `[c, d]`, row j is the prototype of class j; class means where left out. */
  readonly prototypes?: readonly (readonly number[])[];
  /** A line under the name, such as `test accuracy 97.1 %`. */
  readonly note?: string;
}

/** The points of one class, at most `most` of them, in a fixed stride. */
export function pointsByClass({ points, labels }: Pick<EmbeddingSeries, 'points' | 'labels'>, most = Infinity): [label: number, points: (readonly number[])[]][] {
  const classes = [...new Set(labels)].sort((a, b) => a - b);
  return classes.map((label) => {
    const own = points.filter((_, i) => labels[i] === label);
    const stride = Math.max(1, Math.ceil(own.length / most));
    return [label, own.filter((_, i) => i % stride === 0)];
  });
}

/** Direction of each class: its prototype, or the mean of its unit embeddings. */
export function classDirections(series: EmbeddingSeries): Map<number, readonly number[]> {
  return new Map(pointsByClass(series).map(([label, own]) => [label, unit(series.prototypes?.[label] ?? meanDirection(own))]));
}

export function unit(vector: readonly number[]): number[] {
  const norm = Math.hypot(...vector) || 1;
  return vector.map((v) => v / norm);
}

export function meanDirection(points: readonly (readonly number[])[]): number[] {
  const sum = new Array<number>(points[0]?.length ?? 0).fill(0);
  for (const point of points) unit(point).forEach((v, k) => (sum[k] = (sum[k] ?? 0) + v));
  return unit(sum);
}
