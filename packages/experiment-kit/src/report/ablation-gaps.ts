import { metricRegistry, type MetricName } from '@hypersphere/evaluation';
import type { MeasuredCell, MeasuredColumn } from '@hypersphere/reporting';

import { metricFormat } from './metric-format';
import { pairedGap, type Gap } from './paired-gap';
import { measuredCell } from './source';
import type { SeedRun } from './variant-runs';

export interface PointRuns {
  readonly found: readonly SeedRun[];
  /** Runs of the other variant at the same point. */
  readonly other?: readonly SeedRun[] | undefined;
}

export interface GapColumns {
  readonly columns: readonly MeasuredColumn[];
  /** One a point. */
  readonly cells: readonly Readonly<Record<string, MeasuredCell | 'missing'>>[];
  /** At how many points the variant is the better one. */
  readonly says: string;
}

/** The other variant and the gap to it, at every point of a study. Gaps above 0 are better, whatever the metric. */
export function gapColumns(points: readonly PointRuns[], against: string, metric: MetricName): GapColumns {
  const { label, ...format } = metricFormat(metric);
  const gaps = points.map(({ found, other = [] }) => pairedGap(found, other, metric));
  const known = gaps.filter((gap) => gap !== undefined);
  const better = metricRegistry[metric].higherIsBetter ? 'above' : 'below';
  const mean = known.filter((gap) => gap.mean > 0).length;
  const every = known.filter(({ gaps: perSeed }) => perSeed.every((gap) => gap > 0)).length;
  return {
    columns: [{ key: 'against', title: `${label}, ${against}`, ...format }, { key: 'gap', title: `gap to ${against}`, ...format }],
    cells: points.map(({ found, other = [] }, at) => ({ against: measuredCell(other, metric), gap: gapCell(gaps[at], found.length) })),
    says: `On the mean ${better} ${against} at ${mean} of ${known.length} points, with every seed at ${every}`,
  };
}

function gapCell(gap: Gap | undefined, planned: number): MeasuredCell | 'missing' {
  if (gap === undefined) return 'missing';
  const { mean, low, high, gaps } = gap;
  // Two seeds say next to nothing of their spread.
  return { mean, ...(gaps.length > 2 && { low, high }), seeds: gaps.length, planned, perSeed: gaps };
}
