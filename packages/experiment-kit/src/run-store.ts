import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { HypersphereError, readPlainFile, withLock, writeAtomically } from '@hypersphere/engine';

import { canonicalJson } from './canonical-json';
import { isFileError } from './describe-error';
import { parseRecord, type RunRecord } from './run-record';
import { RESULTS, WORKSPACE } from './workspace';

export type Records = ReadonlyMap<string, RunRecord>;
/** Records by paper. */
export type Stores = ReadonlyMap<string, Records>;

/**
 * The runs of one paper and profile. Each run is a file of its own, `runs/<id>.json`, so that writers never meet;
 * `runs.jsonl`, sorted by id, is made from them and is what the repository keeps.
 */
export interface RunStore {
  readonly folder: string;
  readonly read: () => Records;
  /** One run, without reading the others. */
  readonly find: (id: string) => RunRecord | undefined;
  readonly write: (record: RunRecord) => Promise<void>;
}

export function openRunStore(paper: string, profile: string, results: string = RESULTS): RunStore {
  const folder = join(results, paper, profile);
  const ledger = join(folder, 'runs.jsonl');
  const runs = join(folder, 'runs');
  const read = () => new Map([...readLedger(ledger), ...readFolder(runs)]);
  return {
    folder,
    read,
    find(id) {
      const file = join(runs, `${id}.json`);
      return existsSync(file) ? readRun(file) : readLedger(ledger, id).get(id);
    },
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

/** The same run as any paper of this profile stored it; one that did not fail, if there is. */
export function findElsewhere(id: string, profile: string, results: string = RESULTS): RunRecord | undefined {
  const papers = existsSync(results) ? readdirSync(results).sort() : [];
  const found = papers.flatMap((paper) => orNothing(() => openRunStore(paper, profile, results).find(id), false) ?? []);
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

function readFolder(folder: string): Map<string, RunRecord> {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return new Map(files.sort().map((file) => readRun(join(folder, file))).map((record) => [record.id, record]));
}

function readRun(file: string): RunRecord {
  const where = relative(WORKSPACE, file);
  const record = parseRecord(textOf(file), where);
  if (`${record.id}.json` !== basename(file)) throw new HypersphereError(`${where}: expected the run of its name, received the record of run ${record.id}. Rename it, or delete it.`);
  return record;
}

/** A record has kilobytes, a ledger megabytes. */
const MOST_BYTES = 2 ** 28;

function textOf(file: string): string {
  try {
    return readPlainFile(file, MOST_BYTES).toString('utf8');
  } catch (cause) {
    throw new HypersphereError(`${relative(WORKSPACE, file)}: records cannot be read here: ${(cause as Error).message}. Move it away, and run the same command again.`, { cause });
  }
}

/** All lines, or those that may hold one run. */
function readLedger(file: string, id = ''): Map<string, RunRecord> {
  const records = new Map<string, RunRecord>();
  if (!existsSync(file)) return records;
  const name = relative(WORKSPACE, file);
  const lines = textOf(file).split('\n');
  if (lines.pop() !== '') throw new HypersphereError(`${name}:${lines.length + 1}: the last line is cut off. Restore the file (git checkout), or delete that line and run \`reproduce\` again.`);
  for (const [at, line] of lines.entries()) {
    if (!line.includes(id)) continue;
    const record = parseRecord(line, `${name}:${at + 1}`);
    if (records.has(record.id)) throw new HypersphereError(`${name}:${at + 1}: run ${record.id} stands in this file twice. Delete one of the two lines.`);
    records.set(record.id, record);
  }
  return records;
}
