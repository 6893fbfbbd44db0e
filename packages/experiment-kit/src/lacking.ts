import type { PlannedRun } from './plan';
import type { RunRecord } from './run-record';
import { readStores, type Stores } from './run-store';
import { shareRecord } from './share-record';

export interface Lacking {
  /** Runs that no store has, or only as failed. */
  readonly missing: readonly PlannedRun[];
  /** Runs that another paper of the profile has; `copyShared` brings them over. */
  readonly shared: readonly SharedRun[];
}

interface SharedRun {
  readonly run: PlannedRun;
  readonly record: RunRecord;
}

/** What a plan still needs; reads the stores, writes nothing. */
export function lacking(runs: readonly PlannedRun[], profile: string, fresh = false): Lacking {
  if (fresh) return { missing: runs, shared: [] };
  const stores = readStores(profile, new Set(runs.flatMap(({ uses }) => uses.map(({ paper }) => paper))));
  const found = runs.map((run) => ({ run, record: usable(run.id, stores) }));
  return {
    missing: found.flatMap(({ run, record }) => (record === undefined ? [run] : [])),
    shared: found.flatMap(({ run, record }) => (record === undefined || complete(run, stores) ? [] : [{ run, record }])),
  };
}

/** Copies the records that other papers have. */
export async function copyShared({ shared }: Lacking, profile: string): Promise<void> {
  for (const { run, record } of shared) await shareRecord(run, record, profile);
}

function usable(id: string, stores: Stores): RunRecord | undefined {
  return [...stores.values()].map((records) => records.get(id)).find((record) => record !== undefined && record.status !== 'failed');
}

/** Whether each paper that uses the run has it, under its names. */
function complete(run: PlannedRun, stores: Stores): boolean {
  return run.uses.every(({ paper, variants }) => {
    const record = stores.get(paper)?.get(run.id);
    return record !== undefined && record.status !== 'failed' && variants.every((name) => record.variants.includes(name));
  });
}
