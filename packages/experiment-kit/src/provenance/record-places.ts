import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { HypersphereError } from '@hypersphere/engine';

import { ledgerEntries } from '../read-records';
import { openRunStore } from '../run-store';
import type { RunRecord } from '../run-record';
import { RESULTS, WORKSPACE } from '../workspace';

/** A paper that has the run, its record there, and where that lies. */
export interface RecordPlace {
  readonly paper: string;
  readonly record: RunRecord;
  /** Files, with the line where they have many. */
  readonly files: readonly string[];
}

/** Every paper whose store has the run, by name; one that cannot be read is left out. */
export function recordPlaces(id: string, store: string, results: string = RESULTS): RecordPlace[] {
  const papers = existsSync(results) ? readdirSync(results).sort() : [];
  return papers.flatMap((paper) => {
    const record = soundRecord(id, paper, store, results);
    return record === undefined ? [] : [{ paper, record, files: filesOf(id, openRunStore(paper, store, results).folder) }];
  });
}

function soundRecord(id: string, paper: string, store: string, results: string): RunRecord | undefined {
  try {
    return openRunStore(paper, store, results).find(id);
  } catch (error) {
    if (error instanceof HypersphereError) return undefined;
    throw error;
  }
}

function filesOf(id: string, folder: string): string[] {
  const own = join(folder, 'runs', `${id}.json`);
  const lines = ledgerEntries(join(folder, 'runs.jsonl'), `"id":"${id}"`).filter(({ problem }) => problem === undefined);
  return [...(existsSync(own) ? [relative(WORKSPACE, own)] : []), ...lines.map(({ where }) => where)];
}
