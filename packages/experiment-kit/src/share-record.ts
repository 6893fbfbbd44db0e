import type { PlannedRun } from './plan';
import { renameRecord, type RunRecord } from './run-record';
import { openRunStore } from './run-store';
import { RESULTS } from './workspace';

/** Writes the record to the store of each paper that uses the run, under the names that the paper gives it. */
export async function shareRecord(run: PlannedRun, record: RunRecord, profile: string, results: string = RESULTS): Promise<void> {
  for (const { paper, variants } of run.uses) {
    const store = openRunStore(paper, profile, results);
    const stored = store.find(run.id);
    const names = [...new Set([...(stored?.variants ?? []), ...variants])].sort();
    const renamed = renameRecord(record, names);
    if (stored?.digest !== renamed.digest) await store.write(renamed);
  }
}
