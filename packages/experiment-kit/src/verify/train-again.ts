import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '@hypersphere/engine';

import { trainPlan } from '../commands/train-plan';
import type { PlannedRun } from '../plan';
import { identify } from '../run-identity';
import type { RunRecord } from '../run-record';
import { openRunStore } from '../run-store';
import type { StoredRun } from './sample-runs';

export interface AgainOptions {
  readonly store: string;
  readonly jobs?: number;
  /** Another number of threads than the runs had. */
  readonly threads?: number;
  readonly signal: AbortSignal;
}

/** A stored run and the same trained again; without a record if that did not end. */
export interface Trained {
  readonly stored: StoredRun;
  readonly again?: RunRecord;
  readonly message?: string;
}

/** Trains the runs anew in a folder of their own in the cache, which is removed however this ends. Store and checkpoints are not touched. */
export async function trainAgain(runs: readonly StoredRun[], { store, jobs, threads, signal }: AgainOptions): Promise<Trained[]> {
  mkdirSync(cacheFolder('verify'), { recursive: true });
  const apart = mkdtempSync(cacheFolder('verify', 'runs-'));
  const results = join(apart, 'results');
  const planned = runs.map((stored) => plannedAgain(stored, threads));
  try {
    const outcomes = await trainPlan(planned, { profile: store, signal, ...(jobs !== undefined && { jobs }), apart: { results, checkpoints: apart } });
    return runs.map((stored, at) => {
      const id = planned[at]?.id ?? '';
      const record = openRunStore(paperOf(stored), store, results).find(id);
      const message = record?.message ?? outcomes.find(({ run }) => run.id === id)?.message;
      return { stored, ...(record !== undefined && { again: record }), ...(message !== undefined && { message }) };
    });
  } finally {
    await rm(apart, { recursive: true, force: true, maxRetries: 3 });
  }
}

const paperOf = ({ papers }: StoredRun): string => papers[0] ?? 'no paper';

function plannedAgain(stored: StoredRun, threads: number | undefined): PlannedRun {
  const { config, seed, variants } = stored.record;
  const own = threads === undefined ? config : { ...config, execution: { ...config.execution, threads } };
  return { ...identify(own, seed), config: own, seed, uses: [{ paper: paperOf(stored), variants }] };
}
