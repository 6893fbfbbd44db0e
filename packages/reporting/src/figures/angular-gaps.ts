import { quantile } from '@hypersphere/evaluation';

import { meanDirection, pointsByClass, type EmbeddingSeries } from './embedding-model';

const TURN = 2 * Math.PI;

/** Angle brought to (-pi, pi]. */
export const wrapAngle = (angle: number): number => angle - TURN * Math.ceil((angle - Math.PI) / TURN);

/** Share of a class's points that its arc leaves out at each end. */
const TAIL = 0.05;

/**
 * Median empty angle between neighbouring classes on the circle; an arc holds the middle 90 % of a class.
 *
 * @param series two-dimensional embeddings
 * @returns degrees; negative where arcs overlap, NaN below two classes
 */
export function medianGapDegrees(series: Pick<EmbeddingSeries, 'points' | 'labels'>): number {
  const arcs = pointsByClass(series).map(([, own]) => arcOf(own)).sort((a, b) => a.middle - b.middle);
  if (arcs.length < 2) return Number.NaN;
  const gaps = arcs.map((arc, i) => {
    const next = arcs[(i + 1) % arcs.length] ?? arc;
    const between = next.middle - arc.middle + (i + 1 === arcs.length ? TURN : 0);
    return between - arc.after + next.before;
  });
  return (quantile(gaps, 0.5) * 180) / Math.PI;
}

/** Middle direction of a class and its ends relative to it (`before` <= 0 <= `after`), radians. */
function arcOf(points: readonly (readonly number[])[]): { middle: number; before: number; after: number } {
  const [x = 1, y = 0] = meanDirection(points);
  const middle = Math.atan2(y, x);
  const off = points.map(([px = 1, py = 0]) => wrapAngle(Math.atan2(py, px) - middle));
  return { middle, before: quantile(off, TAIL), after: quantile(off, 1 - TAIL) };
}
