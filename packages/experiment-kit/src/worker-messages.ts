import type { PlannedRun } from './plan';
import type { RunRecord } from './run-record';

export interface ToWorker {
  readonly run: PlannedRun;
  readonly profile: string;
  readonly results: string;
  readonly fresh: boolean;
  /** Folder of checkpoints instead of the cache's. */
  readonly checkpoints?: string | undefined;
}

export interface RunProgress {
  /** `waiting`: another process trains the same run. */
  readonly phase: 'waiting' | 'data' | 'training' | 'evaluation';
  readonly step: number;
  readonly steps: number;
  readonly loss?: number;
}

export type FromWorker =
  | { readonly kind: 'progress'; readonly progress: RunProgress }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'done'; readonly status: RunRecord['status']; readonly message?: string }
  /** Nothing was recorded: the user can mend it and try again. */
  | { readonly kind: 'error'; readonly message: string };
