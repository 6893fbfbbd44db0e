import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';

import { ledgerEntries } from '../read-records';
import { findAll, openRunStore, type FoundRecord } from '../run-store';
import { RESULTS, WORKSPACE } from '../workspace';

/** A record, and where it lies. */
export interface RecordPlace extends FoundRecord {
  /** Files, with the line where they have many. */
  readonly files: readonly string[];
}

/** Every paper whose store has the run, by name; one that cannot be read is left out. */
export function recordPlaces(id: string, store: string, results: string = RESULTS): RecordPlace[] {
  return findAll(id, store, results).map((found) => ({ ...found, files: filesOf(id, openRunStore(found.paper, store, results).folder) }));
}

function filesOf(id: string, folder: string): string[] {
  const own = join(folder, 'runs', `${id}.json`);
  const lines = ledgerEntries(join(folder, 'runs.jsonl'), `"id":"${id}"`).filter(({ problem }) => problem === undefined);
  return [...(existsSync(own) ? [relative(WORKSPACE, own)] : []), ...lines.map(({ where }) => where)];
}
