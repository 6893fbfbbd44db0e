import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';

import { canonicalJson } from '../src/canonical-json';
import { parseRecord, renameRecord } from '../src/run-record';
import { checkWritable, findElsewhere, openRunStore, readStores } from '../src/run-store';
import { madeUpRecord } from './made-up-record';

const root = temporaryFolder();
let results = '';
let count = 0;
beforeEach(() => {
  results = join(root, `results-${count++}`);
});
const ledgerOf = (paper = 'tiny') => join(results, paper, 'smoke', 'runs.jsonl');
const seeds = [3, 1, 2, 0];

/** A ledger as the repository keeps it: no files of single runs. */
function ledger(lines: readonly string[], end = '\n'): void {
  mkdirSync(join(results, 'tiny/smoke'), { recursive: true });
  writeFileSync(ledgerOf(), lines.join('\n') + end);
}

describe('run store', () => {
  it('keeps what several writers store at once, sorted by id, one record a line', async () => {
    const stores = seeds.map(() => openRunStore('tiny', 'smoke', results));
    const records = seeds.map((seed) => madeUpRecord('softmax', seed));
    await Promise.all(stores.map((store, at) => store.write(records[at] ?? madeUpRecord())));
    const ids = readFileSync(ledgerOf(), 'utf8').trimEnd().split('\n').map((line) => (JSON.parse(line) as { id: string }).id);
    expect(ids).toEqual(records.map(({ id }) => id).sort());
    expect([...openRunStore('tiny', 'smoke', results).read().values()]).toEqual(expect.arrayContaining(records));
  });

  it('writes the same bytes again, from the ledger alone too', async () => {
    const store = openRunStore('tiny', 'smoke', results);
    for (const seed of seeds) await store.write(madeUpRecord('softmax', seed));
    const before = readFileSync(ledgerOf(), 'utf8');
    rmSync(join(store.folder, 'runs'), { recursive: true });
    await store.write(madeUpRecord('softmax', 2));
    expect(readFileSync(ledgerOf(), 'utf8')).toBe(before);
  });

  it('finds one run in either place', async () => {
    const store = openRunStore('tiny', 'smoke', results);
    const record = madeUpRecord();
    expect(store.find(record.id)).toBeUndefined();
    await store.write(record);
    expect(store.find(record.id)).toEqual(record);
    rmSync(join(store.folder, 'runs'), { recursive: true });
    expect(store.find(record.id)).toEqual(record);
  });

  it('refuses a line that is cut off, with its number', () => {
    ledger([canonicalJson(madeUpRecord()), canonicalJson(madeUpRecord('softmax', 1)).slice(0, 80)], '');
    expect(() => openRunStore('tiny', 'smoke', results).read()).toThrow(/runs\.jsonl:2: the last line is cut off\. Restore the file \(git checkout\), or delete that line/);
  });

  it('refuses a line that is no JSON, with its number', () => {
    ledger([canonicalJson(madeUpRecord()), '{"format":1,']);
    expect(() => openRunStore('tiny', 'smoke', results).read()).toThrow(/runs\.jsonl:2: expected one JSON record.*Delete it/);
  });

  it('refuses a run that stands in it twice, with its number', () => {
    const line = canonicalJson(madeUpRecord());
    ledger([line, canonicalJson(madeUpRecord('softmax', 1)), line]);
    expect(() => openRunStore('tiny', 'smoke', results).read()).toThrow(/runs\.jsonl:3: run [0-9a-f]{16} stands in this file twice\. Delete one/);
  });

  it('reads the stores of other papers, but not their damage', async () => {
    ledger(['no record']);
    await openRunStore('other', 'smoke', results).write(madeUpRecord());
    expect([...readStores('smoke', new Set(['other']), results).keys()]).toEqual(['other']);
    expect(() => readStores('smoke', new Set(['tiny']), results)).toThrow(/runs\.jsonl:1/);
  });

  it('prefers a run that another paper finished to one that failed', async () => {
    const { id } = await writeTo('a-paper', { status: 'failed', message: 'no luck' });
    expect(findElsewhere(id, 'smoke', results)?.status).toBe('failed');
    await writeTo('b-paper', {});
    expect(findElsewhere(id, 'smoke', results)?.status).toBe('done');
    expect(findElsewhere(id, 'quick', results)).toBeUndefined();
  });

  it('says in one line that it cannot write', async () => {
    mkdirSync(results, { recursive: true });
    writeFileSync(join(results, 'tiny'), 'a file where a folder should be');
    await expect(checkWritable('tiny', 'smoke', results)).rejects.toThrow(/tiny\/smoke: run records cannot be written here \((ENOTDIR|EEXIST)\)\. Make it a folder that can be written, or set HYPERSPHERE_RESULTS/);
  });
});

async function writeTo(paper: string, changes: Parameters<typeof madeUpRecord>[2]): Promise<{ id: string }> {
  const record = madeUpRecord('softmax', 0, changes);
  await openRunStore(paper, 'smoke', results).write(record);
  return record;
}

describe('parseRecord', () => {
  const text = (changes: object) => JSON.stringify({ ...madeUpRecord(), ...changes });

  it('accepts what was sealed, in any order of keys', () => {
    const record = madeUpRecord();
    expect(parseRecord(JSON.stringify(Object.fromEntries(Object.entries(record).reverse())), 'x')).toEqual(record);
    expect(parseRecord(canonicalJson(renameRecord(record, ['b', 'a'])), 'x').variants).toEqual(['b', 'a']);
  });

  it('refuses a record that was edited', () => {
    expect(() => parseRecord(text({ metrics: { 'identification.rank1': { value: 0.99 } } }), 'here:7')).toThrow(/^here:7: the record does not match its own digest: it was edited or damaged\. Restore it \(git checkout\), or delete it and run `reproduce` again\.$/);
    expect(() => parseRecord(text({ more: 1 }), 'here:7')).toThrow(/edited/);
  });

  it('refuses another format, with the way out', () => {
    expect(() => parseRecord(text({ format: 2 }), 'here:7')).toThrow(/^here:7: expected a run record of format 1, received format 2\. Check out the commit that wrote it to read it, or delete it and run `reproduce` again/);
  });

  it('refuses what is no record, naming the member', () => {
    expect(() => parseRecord(text({ seed: 'zero' }), 'here:7')).toThrow(/here:7: not a run record\n[^]*seed/);
    expect(() => parseRecord('null', 'here:7')).toThrow(/received format undefined/);
  });
});
