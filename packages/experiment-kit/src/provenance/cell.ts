import type { MetricName } from '@hypersphere/evaluation';
import type { MeasuredCell } from '@hypersphere/reporting';

import type { SeedRun } from '../report/variant-runs';

/** A run behind a number, and the name of its variant there. */
export interface UsedRun {
  readonly variant: string;
  readonly run: SeedRun;
}

/** What an address leads to: a cell of a table, study or summary, a claim, or a figure. */
export interface Cell {
  /** `table-2/lmcl/lfw`, `margin/margin-0.2/verification.accuracy`, `summary/softmax/identification.rank1`, `claims/c1`, `figures/roc`. */
  readonly address: string;
  /** Where it stands, in words: pairs of a name and a text. */
  readonly where: readonly (readonly [name: string, text: string])[];
  readonly published?: Published;
  readonly ours?: Ours;
  readonly runs: readonly UsedRun[];
  /** Folder of the store that its runs are in: the profile, or `search`. */
  readonly store: string;
}

export interface Published {
  /** As printed in the paper. */
  readonly value: string;
  readonly confidence: string;
  readonly source: string;
}

export interface Ours {
  readonly metric: MetricName;
  readonly cell: MeasuredCell | 'missing';
}

/** Cells that share the first part of their addresses. */
export interface CellGroup {
  readonly name: string;
  readonly cells: () => readonly Cell[];
}
