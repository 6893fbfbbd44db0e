import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { HypersphereError, withLock, writeAtomically } from '@hypersphere/engine';

import { canonicalJson } from './canonical-json';
import { RESULTS, WORKSPACE } from './workspace';
import { parseRecord, type RunRecord } from './run-record';

/**
 * The runs of one paper and profile. Each run is a file of its own, `runs/<id>.json`, so that writers never meet;
 * `runs.jsonl`, sorted by id, is made from them and is what the repository keeps.
 */
export interface RunStore {
  readonly folder: string;
  read(): ReadonlyMap<string, RunRecord>;
  write(record: RunRecord): Promise<void>;
}

export function openRunStore(paper: string, profile: string, results: string = RESULTS): RunStore {
  const folder = join(results, paper, profile);
  const ledger = join(folder, 'runs.jsonl');
  const runs = join(folder, 'runs');
  const read = () => new Map([...readLedger(ledger), ...readFolder(runs)]);
  return {
    folder,
    read,
    async write(record) {
      mkdirSync(runs, { recursive: true });
      await writeAtomically(join(runs, `${record.id}.json`), `${canonicalJson(record)}\n`);
      await withLock(folder, async () => {
        const records = [...read().values()].sort((a, b) => (a.id < b.id ? -1 : 1));
        await writeAtomically(ledger, records.map((one) => `${canonicalJson(one)}\n`).join(''));
      });
    },
  };
}

/** The same run as another paper of this profile stored it, if any did. */
export function findElsewhere(id: string, profile: string, results: string = RESULTS): RunRecord | undefined {
  if (!existsSync(results)) return undefined;
  for (const paper of readdirSync(results).sort()) {
    const file = join(results, paper, profile, 'runs', `${id}.json`);
    if (existsSync(file)) return parseRecord(readFileSync(file, 'utf8'), relative(WORKSPACE, file));
    const found = readLedger(join(results, paper, profile, 'runs.jsonl')).get(id);
    if (found !== undefined) return found;
  }
  return undefined;
}

function readFolder(folder: string): Map<string, RunRecord> {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return new Map(
    files.sort().map((file) => {
      const path = join(folder, file);
      const record = parseRecord(readFileSync(path, 'utf8'), relative(WORKSPACE, path));
      return [record.id, record] as const;
    }),
  );
}

function readLedger(file: string): Map<string, RunRecord> {
  const records = new Map<string, RunRecord>();
  if (!existsSync(file)) return records;
  const name = relative(WORKSPACE, file);
  const lines = readFileSync(file, 'utf8').split('\n');
  if (lines.pop() !== '') throw new HypersphereError(`${name}:${lines.length + 1}: the last line is cut off. Restore the file (git checkout), or delete that line and run \`reproduce\` again.`);
  for (const [at, line] of lines.entries()) {
    const record = parseRecord(line, `${name}:${at + 1}`);
    if (records.has(record.id)) throw new HypersphereError(`${name}:${at + 1}: run ${record.id} stands in this file twice. Delete one of the two lines.`);
    records.set(record.id, record);
  }
  return records;
}
