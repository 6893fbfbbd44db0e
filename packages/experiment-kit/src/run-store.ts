import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { HypersphereError, withLock, writeAtomically } from '@hypersphere/engine';

import { canonicalJson } from './canonical-json';
import { damagedRecord, type Damaged } from './damaged-record';
import { isFileError } from './describe-error';
import { fileEntry, folderEntries, ledgerEntries, readEntries, readEntry, type Entry, type Records } from './read-records';
import type { RunRecord } from './run-record';
import { RESULTS, WORKSPACE } from './workspace';

export type { Records } from './read-records';
/** Records by paper. */
export type Stores = ReadonlyMap<string, Records>;

/**
 * The runs of one paper and profile. Each run is a file of its own, `runs/<id>.json`, so that writers never meet;
 * `runs.jsonl`, sorted by id, is made from them and is what the repository keeps.
 */
export interface RunStore {
  readonly folder: string;
  /** Throws at the first record that cannot be trusted. */
  readonly read: () => Records;
  /** The sound records, and what was found of the others: for who only reports. */
  readonly survey: () => Survey;
  /** One run, without reading the others. */
  readonly find: (id: string) => RunRecord | undefined;
  readonly write: (record: RunRecord) => Promise<void>;
}

export interface Survey {
  readonly records: Records;
  readonly damaged: readonly Damaged[];
}

export function openRunStore(paper: string, profile: string, results: string = RESULTS): RunStore {
  const folder = join(results, paper, profile);
  const ledger = join(folder, 'runs.jsonl');
  const runs = join(folder, 'runs');
  const entries = () => [...ledgerEntries(ledger), ...folderEntries(runs)];
  const read = () => readEntries(entries(), refuse);
  return {
    folder,
    read,
    survey: () => survey(entries()),
    find: (id) => (existsSync(join(runs, `${id}.json`)) ? readEntry(fileEntry(runs, id)) : readEntries(ledgerEntries(ledger, id), refuse).get(id)),
    write: (record) =>
      writing(folder, async () => {
        mkdirSync(runs, { recursive: true });
        await writeAtomically(join(runs, `${record.id}.json`), `${canonicalJson(record)}\n`);
        await withLock(folder, async () => {
          const records = [...read().values()].sort((a, b) => (a.id < b.id ? -1 : 1));
          await writeAtomically(ledger, records.map((one) => `${canonicalJson(one)}\n`).join(''));
        });
      }),
  };
}

function refuse(_: Entry, error: HypersphereError): never {
  throw error;
}

/** A run of which any copy is damaged has no sound record: which of two is the true one nobody knows. */
function survey(entries: readonly Entry[]): Survey {
  const damaged: Damaged[] = [];
  const records = readEntries(entries, (entry, error) => damaged.push(damagedRecord(entry, error.message, entries)));
  for (const { id = '' } of damaged) records.delete(id);
  return { records, damaged };
}

/** Makes sure, before hours of training, that its result can be stored. */
export async function checkWritable(paper: string, profile: string, results: string = RESULTS): Promise<void> {
  const { folder } = openRunStore(paper, profile, results);
  await writing(folder, async () => {
    mkdirSync(join(folder, 'runs'), { recursive: true });
    await withLock(folder, () => Promise.resolve());
  });
}

/**
 * The stores of all papers of a profile. One that cannot be read is left out, unless its paper is among `needed`.
 *
 * @throws HypersphereError if a store that is needed has a record that is refused
 */
export function readStores(profile: string, needed: ReadonlySet<string>, results: string = RESULTS): Stores {
  const papers = new Set([...needed, ...(existsSync(results) ? readdirSync(results) : [])]);
  return new Map(
    [...papers].sort().flatMap((paper) => {
      const records = orNothing(() => openRunStore(paper, profile, results).read(), needed.has(paper));
      return records === undefined ? [] : [[paper, records] as const];
    }),
  );
}

/** A paper that has a run, and its record there. */
export interface FoundRecord {
  readonly paper: string;
  readonly record: RunRecord;
}

/** Every paper whose store has a sound record of the run, by name. */
export function findAll(id: string, profile: string, results: string = RESULTS): FoundRecord[] {
  const papers = existsSync(results) ? readdirSync(results).sort() : [];
  return papers.flatMap((paper) => {
    const record = orNothing(() => openRunStore(paper, profile, results).find(id), false);
    return record === undefined ? [] : [{ paper, record }];
  });
}

/** The same run as any paper of this profile stored it; one that did not fail, if there is. */
export function findElsewhere(id: string, profile: string, results: string = RESULTS): RunRecord | undefined {
  const found = findAll(id, profile, results).map(({ record }) => record);
  return found.find(({ status }) => status !== 'failed') ?? found[0];
}

function orNothing<T>(read: () => T, needed: boolean): T | undefined {
  try {
    return read();
  } catch (error) {
    if (needed || !(error instanceof HypersphereError)) throw error;
    return undefined;
  }
}

async function writing(folder: string, body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (cause) {
    if (!isFileError(cause)) throw cause;
    const wayOut = cause.code === 'ENOSPC' ? 'Free some space' : 'Make it a folder that can be written, or set HYPERSPHERE_RESULTS to another one';
    throw new HypersphereError(`${relative(WORKSPACE, folder)}: run records cannot be written here (${cause.code}). ${wayOut}, and run the same command again.`, { cause });
  }
}
