import { HypersphereError } from '@hypersphere/engine';

import { digestOf } from '../canonical-json';
import { nearest } from '../nearest';
import { canRepeat } from '../provenance/repeat-command';
import type { RunRecord } from '../run-record';
import { openRunStore } from '../run-store';

/** A stored run, with the papers that have it. */
export interface StoredRun {
  readonly record: RunRecord;
  readonly papers: readonly string[];
}

export interface Stored {
  /** Those that this version of the code can train again. */
  readonly runs: readonly StoredRun[];
  /** How many cannot be compared, since the code, the data or the config has changed since, or since they failed. */
  readonly stale: number;
  readonly failed: number;
  /** Records that were edited: differences found without training. */
  readonly damaged: readonly { readonly paper: string; readonly message: string }[];
}

/** What the papers have stored; a run that several have is one. */
export function storedRuns(papers: readonly string[], store: string): Stored {
  const surveys = papers.map((paper) => ({ paper, ...openRunStore(paper, store).survey() }));
  const all = new Map<string, StoredRun>();
  for (const { paper, records } of surveys) {
    for (const record of records.values()) all.set(record.id, { record, papers: [...(all.get(record.id)?.papers ?? []), paper] });
  }
  const tried = [...all.values()].filter(({ record }) => record.status !== 'failed');
  const runs = tried.filter(({ record }) => canRepeat(record));
  return {
    runs,
    stale: tried.length - runs.length,
    failed: all.size - tried.length,
    damaged: surveys.flatMap(({ paper, damaged }) => damaged.map(({ message }) => ({ paper, message }))),
  };
}

/** A random sample without replacement: equal for equal stores and seeds, whatever the order of the records. */
export function sampleRuns(runs: readonly StoredRun[], count: number, seed: number): StoredRun[] {
  const drawn = runs.map((run) => ({ run, lot: digestOf({ seed, id: run.record.id }) }));
  return drawn.sort((a, b) => (a.lot < b.lot ? -1 : 1)).slice(0, count).map(({ run }) => run);
}

/** @throws HypersphereError (usage) if it is not stored, or cannot be trained again by this version */
export function namedRun({ runs }: Stored, id: string, where: string): StoredRun {
  const found = runs.find(({ record }) => record.id === id);
  if (found === undefined) throw new HypersphereError(`--run: ${where}: no run that this version of the code can train again is ${nearest(id, runs.map(({ record }) => record.id))}`, { exitCode: 2 });
  return found;
}
