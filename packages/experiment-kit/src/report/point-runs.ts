import type { GridPoint } from '../ablation-grid';
import type { PlannedRun } from '../plan';
import type { Survey } from '../run-store';
import { seedRun, type SeedRun } from './variant-runs';

/** A point of a study. */
export interface PlannedPoint extends GridPoint {
  readonly runs: readonly PlannedRun[];
  /** Runs of the variant that the study is measured against, at this point. */
  readonly against?: readonly PlannedRun[];
}

/** A point with what the store holds of its runs, and of those of the other variant. */
export interface FoundPoint extends PlannedPoint {
  readonly found: readonly SeedRun[];
  readonly other?: readonly SeedRun[] | undefined;
}

export function pointRuns(points: readonly PlannedPoint[], store: Survey): FoundPoint[] {
  const stored = (run: PlannedRun): SeedRun => seedRun({ variant: run.uses[0]?.variants[0] ?? '', ...run }, store);
  return points.map((point) => ({ ...point, found: point.runs.map(stored), other: point.against?.map(stored) }));
}
