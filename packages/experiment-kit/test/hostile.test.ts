import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { HypersphereError, writeSafetensors } from '@hypersphere/engine';
import { temporaryFolder } from '@hypersphere/testing';
import { fuzzRuns, isHarmless, mutatedBytes, mutatedJson, thrownBy, told } from '@hypersphere/testing/fuzz';
import fc from 'fast-check';

import { canonicalJson } from '../src/canonical-json';
import { ownDataOf } from '../src/own-data';
import { parsePaperTables } from '../src/paper-tables';
import { plainLines } from '../src/print';
import { parseRecord, sealRecord, type RunRecord } from '../src/run-record';
import { openRunStore } from '../src/run-store';
import { importWeights } from '../src/trunk-weights';
import { madeUpRecord } from './made-up-record';

jest.setTimeout(600_000);

const folder = temporaryFolder();
process.env['HYPERSPHERE_CACHE'] = join(folder, 'cache');
const record = madeUpRecord('softmax', 0, {
  series: { testSet: { classes: 20, imagesPerClass: 8, distractors: 32 }, angles: { binDegrees: 10, genuine: [1], impostors: [2] }, roc: { far: [0, 1], tar: [0, 1] } },
});

/** What it reads is sound, or it is refused by an error that can be shown. */
const survives = (text: string): boolean => {
  let sound = true;
  const error = thrownBy(() => {
    const { metrics, series } = parseRecord(text, 'here:1');
    sound = Object.values(metrics).every(({ value }) => Number.isFinite(value)) && (series.angles === undefined || Array.isArray(series.angles.genuine));
  });
  return error === undefined ? sound : error instanceof HypersphereError && isHarmless(error.message);
};

describe('hostile records', () => {
  it('with changed bytes are refused', () => {
    fc.assert(fc.property(mutatedBytes(Buffer.from(canonicalJson(record))).map(String), survives), { numRuns: fuzzRuns(), seed: 21 });
  });

  it('with changed members are refused', () => {
    fc.assert(fc.property(mutatedJson(record), survives), { numRuns: fuzzRuns(), seed: 22 });
  });

  it('with changed members and a digest that matches are read whole or refused', () => {
    const resealed = mutatedJson(record).map((text) => {
      const changed = JSON.parse(text) as RunRecord;
      return typeof changed === 'object' && changed !== null ? JSON.stringify(sealRecord(changed)) : text;
    });
    fc.assert(fc.property(resealed, survives), { numRuns: fuzzRuns(), seed: 23 });
  });

  const wayOut = 'Restore it (git checkout), or delete it and run `reproduce` again.';
  it.each<[string, string, string]>([
    ['a member twice', canonicalJson(record).replace('"seed":0', '"seed":0,"seed":0'), `here:1: expected one JSON record, received "${canonicalJson(record).slice(0, 40)}…", which has an object with the same key twice. Delete it and run \`reproduce\` again.`],
    ['deep nesting', `{"format":1,"series":${'['.repeat(1e5)}`, 'here:1: expected one JSON record, received "{"format":1,"series":[[[[[[[[[[[[[[[[[[[…", which is nested deeper than 100 levels. Delete it and run `reproduce` again.'],
    ['an infinite number', canonicalJson(record).replace('"seconds":2', '"seconds":1e999'), 'here:1: not a run record\n✖ Invalid input: expected number, received Infinity\n  → at seconds'],
    ['a format that steers a terminal', '{"format":"\\u001b[2J\\u202e"}', `here:1: expected a run record of format 1, received format "\\u001b[2J\\u{202e}". Check out the commit that wrote it to read it, or delete it and run \`reproduce\` again to train that run anew.`],
    ['the config of another run', JSON.stringify(sealRecord({ ...record, seed: 1 })), `here:1: the record has the id ${record.id}; its config, seed, data and training version are those of run ${madeUpRecord('softmax', 1).id}. ${wayOut}`],
    ['a commit that is none', JSON.stringify(sealRecord({ ...record, commit: '`|<script>' })), 'here:1: not a run record\n✖ Invalid string: must match pattern /^[0-9a-f]{7,64}$/\n  → at commit'],
  ])('with %s are refused', (_, text, message) => {
    expect(() => parseRecord(text, 'here:1')).toThrow(told(message));
  });

  it('name at most a few of many problems', () => {
    const curve = Array.from({ length: 5000 }, () => ({ step: 'x' }));
    const error = thrownBy(() => parseRecord(JSON.stringify({ ...record, curve }), 'here:1')) as HypersphereError;
    expect(error.message.split('\n').length).toBeLessThan(15);
  });

  it('of another name than their file are refused', async () => {
    const store = openRunStore('tiny', 'smoke', join(folder, 'results'));
    await store.write(record);
    const other = join(store.folder, 'runs', `${'0'.repeat(16)}.json`);
    renameSync(join(store.folder, 'runs', `${record.id}.json`), other);
    expect(() => store.find('0'.repeat(16))).toThrow(new RegExp(`${basename(other)}: expected run ${'0'.repeat(16)}, as the file is named, received run ${record.id}: records were exchanged\\. Delete it and run .reproduce. again\\.$`));
  });

  it('that are pipes or folders are refused, and nothing waits for them', () => {
    for (const [paper, make] of [['pipe', (path: string) => execFileSync('mkfifo', [path])], ['folder', (path: string) => mkdirSync(path)]] as const) {
      const store = openRunStore(paper, 'smoke', join(folder, 'results'));
      mkdirSync(store.folder, { recursive: true });
      make(join(store.folder, 'runs.jsonl'));
      expect(() => store.read()).toThrow(new RegExp(`${paper}/smoke/runs\\.jsonl: records cannot be read here: expected a plain file, got a ${paper}\\. Move it away, and run the same command again\\.$`));
    }
  });
});

describe('hostile ledgers', () => {
  it('are read whole or refused', () => {
    const lines = [0, 1].map((seed) => canonicalJson(madeUpRecord('softmax', seed)));
    const store = openRunStore('fuzzed', 'smoke', join(folder, 'results'));
    mkdirSync(store.folder, { recursive: true });
    fc.assert(
      fc.property(mutatedBytes(Buffer.from(`${lines.join('\n')}\n`)), (bytes) => {
        writeFileSync(join(store.folder, 'runs.jsonl'), bytes);
        const error = thrownBy(() => store.read());
        return error === undefined || (error instanceof HypersphereError && isHarmless(error.message));
      }),
      { numRuns: fuzzRuns(2000), seed: 24 },
    );
  });
});

describe('hostile published tables', () => {
  it('are read or refused', () => {
    const table = { id: 'table-1', title: 'T', columns: ['LFW'], rows: [{ label: 'a', values: { LFW: 1 }, confidence: 'verified' }], source: 'p. 1' };
    const read = (text: string): boolean => {
      const error = thrownBy(() => parsePaperTables(text, 'tables.json'));
      return error === undefined || error instanceof HypersphereError;
    };
    fc.assert(fc.property(fc.oneof(mutatedJson({ paper: 'p', tables: [table] }), mutatedBytes(Buffer.from(JSON.stringify({ paper: 'p', tables: [table] }))).map(String)), read), { numRuns: fuzzRuns(), seed: 25 });
  });
});

describe('hostile weights', () => {
  const path = join(folder, 'weights.safetensors');
  const backbone = { name: 'resnet', depth: 18, width: 2, embeddingDim: 4 } as const;
  const valid = writeSafetensors({ 'conv1.weight': { dtype: 'float32', shape: [2], values: new Float32Array([1, 2]) }, 'fc.weight': { dtype: 'float32', shape: [1], values: new Float32Array([3]) } });

  it('are taken or refused', async () => {
    await fc.assert(
      fc.asyncProperty(mutatedBytes(valid), async (bytes) => {
        writeFileSync(path, bytes);
        const error: unknown = await importWeights(path, backbone).then(() => undefined, (thrown: unknown) => thrown);
        return error === undefined || (error instanceof HypersphereError && error.exitCode === 2 && isHarmless(error.message));
      }),
      { numRuns: fuzzRuns(1000), seed: 26 },
    );
  });

  it('that are a pipe are refused, and nothing waits for them', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await expect(importWeights(join(folder, 'pipe'), backbone)).rejects.toThrow(told(`--weights: ${join(folder, 'pipe')} cannot be read: expected a plain file, got a pipe`));
  });
});

it('hostile words of the command line are shown harmlessly', () => {
  expect(() => ownDataOf('folder:/no\u001b[2J\u202e')).toThrow(told('--data: there is no folder /no\\u{1b}[2J\\u{202e}'));
});

it('what is printed steers no terminal', () => {
  expect(plainLines('a\n\u001b]0;title\u0007 \u202eb\r')).toBe('a\n\\u{1b}]0;title\\u{7} \\u{202e}b\\u{d}');
});
