import type { LinePoint } from './line-model';

export type XY = readonly [x: number, y: number];

/**
 * Mean and span (least to greatest) over seeds at each x; a seed counts where it has a point.
 *
 * @param curves one list of points per seed
 * @returns points by rising x
 */
export function overSeeds(curves: readonly (readonly XY[])[]): LinePoint[] {
  const at = new Map<number, number[]>();
  for (const [x, y] of curves.flat()) if (Number.isFinite(y)) at.set(x, [...(at.get(x) ?? []), y]);
  return [...at].sort(([a], [b]) => a - b).map(([x, ys]) => ({ x, y: mean(ys), ...(curves.length > 1 ? { low: Math.min(...ys), high: Math.max(...ys) } : {}) }));
}

/** Every k-th point, so that at most `most` are left; first and last stay. */
export function thinned<T>(points: readonly T[], most: number): T[] {
  if (points.length <= most) return [...points];
  return Array.from({ length: most }, (_, i) => points[Math.round((i * (points.length - 1)) / (most - 1))]).filter((p) => p !== undefined);
}

export const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Groups in the order of first appearance. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups];
}
