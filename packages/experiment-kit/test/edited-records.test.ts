import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';

import { canonicalJson } from '../src/canonical-json';
import { variantRuns } from '../src/report/variant-runs';
import { runId } from '../src/run-id';
import { sealRecord, type RunRecord } from '../src/run-record';
import { openRunStore } from '../src/run-store';
import { madeUpRecord } from './made-up-record';
import { tiny } from './tiny';

const root = temporaryFolder();
let results = '';
let count = 0;
const seeds = [0, 1, 2];
const records = [...seeds.map((seed) => madeUpRecord('softmax', seed)), ...seeds.map((seed) => madeUpRecord('cosface', seed))];
const [first, second] = records as [RunRecord, RunRecord];
const experiment = { ...tiny.experiment, profiles: { ...tiny.experiment.profiles, smoke: { ...tiny.experiment.profiles.smoke, seeds } } };

beforeEach(async () => {
  results = join(root, `results-${count++}`);
  const store = openRunStore('tiny', 'smoke', results);
  for (const record of records) await store.write(record);
});
const fileOf = ({ id }: RunRecord) => join(results, 'tiny/smoke/runs', `${id}.json`);
const ledger = () => join(results, 'tiny/smoke/runs.jsonl');

/** Only the ledger is there, as in a clone; each line is what `text` makes of the record. */
function inLedger(text: (record: RunRecord) => string, end = '\n'): void {
  rmSync(join(results, 'tiny/smoke/runs'), { recursive: true });
  const sorted = records.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  writeFileSync(ledger(), sorted.map(text).join('\n') + end);
}

/** State of each run of the plan, by variant. */
function states(): Record<string, string[]> {
  const survey = openRunStore('tiny', 'smoke', results).survey();
  return Object.fromEntries([...variantRuns(experiment, 'smoke', survey)].map(([name, runs]) => [name, runs.map(({ state }) => state)]));
}
const sound = ['done', 'done', 'done'];
const withoutDigest = ({ digest: _, ...rest }: RunRecord): Omit<RunRecord, 'digest'> => rest;
const better = (record: RunRecord): RunRecord => ({ ...record, metrics: { 'identification.rank1': { value: 0.99 } } });

/** The config made another, as if the run had been trained so. */
const otherConfig = (record: RunRecord): RunRecord => ({ ...record, config: { ...record.config, optimiser: { ...record.config.optimiser, learningRate: 0.5 } } });
const onlyFirst = (change: (record: RunRecord) => string) => (record: RunRecord) => (record.id === first.id ? change(record) : canonicalJson(record));

it('takes sound records for what they are', () => {
  expect(states()).toEqual({ softmax: sound, cosface: sound });
  inLedger(canonicalJson);
  expect(states()).toEqual({ softmax: sound, cosface: sound });
});

describe.each([
  ['a metric', (record: RunRecord) => canonicalJson(better(record)), /does not match its own digest/],
  ['a metric, and the digest taken out', (record: RunRecord) => canonicalJson(withoutDigest(better(record))), /not a run record[^]*digest/],
  ['the config', (record: RunRecord) => canonicalJson(otherConfig(record)), /does not match its own digest/],
  ['the config, with a digest made anew', (record: RunRecord) => canonicalJson(sealRecord(withoutDigest(otherConfig(record)))), /its config, seed, data and training version are those of run/],
  ['the seed, with a digest made anew', (record: RunRecord) => canonicalJson(sealRecord({ ...withoutDigest(record), seed: 7 })), /its config, seed, data and training version are those of run/],
  ['the id', (record: RunRecord) => canonicalJson({ ...record, id: 'abcdefabcdefabcd' }), /does not match its own digest/],
  ['the id, with a digest made anew', (record: RunRecord) => canonicalJson(sealRecord({ ...withoutDigest(record), id: 'abcdefabcdefabcd' })), /its config, seed, data and training version are those of run/],
  ['the format', (record: RunRecord) => canonicalJson({ ...record, format: 2 }), /expected a run record of format 1/],
  ['everything after the middle, which is gone', (record: RunRecord) => canonicalJson(record).slice(0, 500), /which is no JSON/],
  ['all of it, which is gone', () => '', /which is no JSON/],
] as const)('edited by hand: %s', (_, edit, says) => {
  it('in the file of the run: its cell says so, and only its', () => {
    writeFileSync(fileOf(first), edit(first));
    expect(states()).toEqual({ softmax: ['edited', 'done', 'done'], cosface: sound });
    expect(openRunStore('tiny', 'smoke', results).survey().damaged.map(({ message }) => message)).toEqual([expect.stringMatching(says)]);
    expect(() => openRunStore('tiny', 'smoke', results).read()).toThrow(says);
    expect(() => openRunStore('tiny', 'smoke', results).find(first.id)).toThrow(says);
  });

  it('in the ledger of a clone: its cell says so, and only its', () => {
    inLedger(onlyFirst(edit));
    expect(states()).toEqual({ softmax: ['edited', 'done', 'done'], cosface: sound });
    expect(() => openRunStore('tiny', 'smoke', results).read()).toThrow(says);
  });

  it('in the ledger beside a sound file: nobody knows which is true', () => {
    const lines = readFileSync(ledger(), 'utf8').trimEnd().split('\n').map((line) => (line.includes(`"id":"${first.id}"`) ? edit(first) : line));
    writeFileSync(ledger(), `${lines.join('\n')}\n`);
    const damaged = openRunStore('tiny', 'smoke', results).survey().damaged.map(({ message }) => message);
    expect(damaged).toEqual([expect.stringMatching(says)]);
    expect(() => openRunStore('tiny', 'smoke', results).read()).toThrow(says);
  });
});

describe('records exchanged', () => {
  it('as files: both cells say so', () => {
    writeFileSync(fileOf(first), canonicalJson(second));
    writeFileSync(fileOf(second), canonicalJson(first));
    expect(states()).toEqual({ softmax: ['edited', 'edited', 'done'], cosface: sound });
    expect(() => openRunStore('tiny', 'smoke', results).find(first.id)).toThrow(/expected run [0-9a-f]{16}, as the file is named, received run [0-9a-f]{16}: records were exchanged/);
  });

  it('by their results, digests included: both cells say so', () => {
    inLedger((record) => {
      const other = record.id === first.id ? second : record.id === second.id ? first : record;
      return canonicalJson({ ...record, metrics: other.metrics, curve: other.curve, digest: other.digest });
    });
    expect(states()).toEqual({ softmax: ['edited', 'edited', 'done'], cosface: sound });
  });

  it('as lines of the ledger: no harm, since a line says whose it is', () => {
    const lines = readFileSync(ledger(), 'utf8').trimEnd().split('\n');
    rmSync(join(results, 'tiny/smoke/runs'), { recursive: true });
    writeFileSync(ledger(), `${lines.toReversed().join('\n')}\n`);
    expect(states()).toEqual({ softmax: sound, cosface: sound });
  });
});

it('finds the run of a last line that is cut off', () => {
  const last = records.toSorted((a, b) => (a.id < b.id ? -1 : 1)).at(-1) ?? first;
  inLedger(canonicalJson, '');
  writeFileSync(ledger(), readFileSync(ledger(), 'utf8').slice(0, -canonicalJson(last).length + 300));
  const edited = Object.entries(states()).flatMap(([variant, all]) => all.flatMap((state, seed) => (state === 'edited' ? [`${variant} ${seed}`] : [])));
  expect(edited).toEqual([`${last.variants.join()} ${last.seed}`]);
});

it('tells what is missing and what is stale from what was edited', () => {
  // as an older version of the training code would have stored it
  const older = { ...withoutDigest(second), trainingVersion: 1 };
  inLedger((record) => canonicalJson(record.id === second.id ? sealRecord({ ...older, id: runId(older) }) : record));
  writeFileSync(ledger(), readFileSync(ledger(), 'utf8').split('\n').filter((line) => !line.includes(first.id)).join('\n'));
  expect(states()).toEqual({ softmax: ['missing', 'stale', 'done'], cosface: sound });
});
