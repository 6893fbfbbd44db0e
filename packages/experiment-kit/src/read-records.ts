import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { HypersphereError, readPlainFile } from '@hypersphere/engine';

import { parseRecord, type RunRecord } from './run-record';
import { WORKSPACE } from './workspace';

export type Records = ReadonlyMap<string, RunRecord>;

/** A record as it lies in a store, not yet read. */
export interface Entry {
  /** Names the file, and the line in it. */
  readonly where: string;
  readonly text: string;
  /** The id in the name of its file. */
  readonly fileId?: string;
  /** What is wrong with it whatever its text says. */
  readonly problem?: string;
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

/** All lines of `runs.jsonl`, or those that may hold one run. */
export function ledgerEntries(file: string, id = ''): Entry[] {
  if (!existsSync(file)) return [];
  const name = relative(WORKSPACE, file);
  const lines = textOf(file).split('\n');
  const end = lines.pop() ?? '';
  const entries = lines.map((text, at): Entry => ({ where: `${name}:${at + 1}`, text }));
  const where = `${name}:${lines.length + 1}`;
  const cut = { where, text: end, problem: `${where}: the last line is cut off. Restore the file (git checkout), or delete that line and run \`reproduce\` again.` };
  return [...(end === '' ? [] : [cut]), ...entries.filter(({ text }) => text.includes(id))];
}

export function fileEntry(folder: string, id: string): Entry {
  const file = join(folder, `${id}.json`);
  return { where: relative(WORKSPACE, file), text: textOf(file), fileId: id };
}

/** All files of single runs. */
export function folderEntries(folder: string): Entry[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => fileEntry(folder, file.slice(0, -'.json'.length)));
}

/**
 * Reads lines of a ledger, then files, which count more than a line.
 *
 * @param refuse is told of each record that cannot be trusted, with the reason; it may throw
 */
export function readEntries(entries: readonly Entry[], refuse: (entry: Entry, error: HypersphereError) => void): Map<string, RunRecord> {
  const records = new Map<string, RunRecord>();
  for (const entry of entries) {
    try {
      const record = readEntry(entry);
      if (entry.fileId === undefined && records.has(record.id)) throw new HypersphereError(`${entry.where}: run ${record.id} stands in this file twice. Delete one of the two lines.`);
      records.set(record.id, record);
    } catch (error) {
      if (!(error instanceof HypersphereError)) throw error;
      refuse(entry, error);
    }
  }
  return records;
}

/** @throws HypersphereError if it is no record, was edited, or is that of another run than its file says */
export function readEntry({ where, text, fileId, problem }: Entry): RunRecord {
  if (problem !== undefined) throw new HypersphereError(problem);
  const record = parseRecord(text, where);
  if (fileId === undefined || record.id === fileId) return record;
  throw new HypersphereError(`${where}: expected run ${fileId}, as the file is named, received run ${record.id}: records were exchanged. Delete it and run \`reproduce\` again.`);
}
