import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';

import type { RunRecord } from '../src/run-record';
import { openRunStore } from '../src/run-store';
import { ended, emptyPlace, printed, runCli, startCli, type Ended, type Place } from './command-line';

jest.setTimeout(240_000);
const folder = temporaryFolder();
const REPRODUCE = ['reproduce', 'tiny', '--profile=smoke', '--jobs=1'];

/** What must be the same however the training came about. */
function outcome({ results }: Place): object {
  const records = [...openRunStore('tiny', 'smoke', results).read().values()];
  return records.map(({ id, status, metrics, curve, series, steps }: RunRecord) => ({ id, status, metrics, curve, series, steps })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Every file below, by its path. */
function filesOf(root: string): Record<string, string> {
  const names = readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Object.fromEntries(names.map((one) => [join(one.parentPath, one.name), readFileSync(join(one.parentPath, one.name), 'base64')]));
}

const undisturbed = emptyPlace(folder);
let first: Ended;
beforeAll(async () => {
  first = await runCli(REPRODUCE, undisturbed);
});

describe('reproduce', () => {
  it('trains, reports and summarises', () => {
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('smoke: 2 runs planned, 0 stored, 2 to train.');
    expect(first.stdout).toMatch(/\[2\/2\] tiny\/cosface seed 0: done, \d+ s/);
    expect(first.stdout).toMatch(/C1 +direction seen|C1 +not seen/);
    expect(outcome(undisturbed)).toHaveLength(2);
  });

  it('trains nothing twice, and changes no byte', async () => {
    const before = filesOf(undisturbed.results);
    const { code, stdout } = await runCli(REPRODUCE, undisturbed);
    expect(code).toBe(0);
    expect(stdout).toContain('2 runs planned, 2 stored, 0 to train.');
    expect(filesOf(undisturbed.results)).toEqual(before);
    await runCli(['report', 'tiny', '--profile=smoke'], undisturbed);
    expect(filesOf(undisturbed.results)).toEqual(before);
  });

  it('evaluates a checkpoint, which gives the metrics of the record', async () => {
    const { code, stdout } = await runCli(['evaluate', 'tiny', '--variant=cosface', '--profile=smoke'], undisturbed);
    expect(code).toBe(0);
    const record = [...openRunStore('tiny', 'smoke', undisturbed.results).read().values()].find(({ variants }) => variants.includes('cosface'));
    const printed = (name: string) => Number(new RegExp(`^${name} +(\\S+)`, 'm').exec(stdout)?.[1]);
    // the record keeps seven digits, the command prints four decimals
    for (const [name, { value }] of Object.entries(record?.metrics ?? {})) expect(Math.abs(printed(name) - value)).toBeLessThan(1e-4);
  });

  it('writes table and figure of a study', async () => {
    const { code, stdout } = await runCli(['ablate', 'tiny', '--study=margin', '--profile=smoke'], undisturbed);
    expect(code).toBe(0);
    expect(stdout).toContain('tiny margin: 2 runs planned, 0 stored, 2 to train.');
    const table = readFileSync(join(undisturbed.results, 'tiny/smoke/ablations/margin.md'), 'utf8');
    expect(table).toMatch(/\|margin=0\.1\|[^]*\|margin=0\.3\|/);
    expect(existsSync(join(undisturbed.results, 'tiny/smoke/ablations/margin.png'))).toBe(true);
  });
});

describe('interrupted', () => {
  const wanted = () => (outcome(undisturbed) as RunRecord[]).filter(({ id }) => ids.has(id));
  let ids: ReadonlySet<string>;
  beforeAll(() => {
    // the study's runs are not among those of reproduce
    ids = new Set([...openRunStore('tiny', 'smoke', undisturbed.results).read().values()].filter(({ variants }) => variants.every((name) => !name.includes(' '))).map(({ id }) => id));
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s: saves, exits with 130, says how to go on', async (signal) => {
    const place = emptyPlace(folder);
    const child = startCli(REPRODUCE, place);
    const end = ended(child);
    await printed(child, /step \d+ of 180/);
    child.kill(signal);
    const { code, stdout } = await end;
    expect(code).toBe(130);
    expect(stdout).toMatch(/Interrupted: everything up to the last step is saved; the same command continues\.\n$/);
    const [checkpoint] = readdirSync(join(place.cache, 'runs'), { recursive: true, encoding: 'utf8' }).filter((name) => /step-\d+\.json$/.test(name));
    expect(Number(/step-(\d+)/.exec(checkpoint ?? '')?.[1])).toBeGreaterThanOrEqual(45);
    if (signal === 'SIGINT') await goesOn(place);
  });

  /** The next command starts from the checkpoint, past the first quarter, and ends with the same numbers. */
  async function goesOn(place: Place): Promise<void> {
    const { code, stdout } = await runCli(REPRODUCE, place);
    expect(code).toBe(0);
    expect(stdout).toContain('softmax seed 0: step 90 of 180');
    expect(stdout).not.toContain('softmax seed 0: step 45 of 180');
    expect(outcome(place)).toEqual(wanted());
  }

  it('kill -9 of the command and its runs: the same numbers the second time', async () => {
    const place = emptyPlace(folder);
    const child = startCli(REPRODUCE, place, { detached: true });
    const end = ended(child);
    await printed(child, /step \d+ of 180/);
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await end;
    expect(outcome(place)).toEqual([]);
    expect(await runCli(REPRODUCE, place)).toMatchObject({ code: 0 });
    expect(outcome(place)).toEqual(wanted());
  });

  it('kill -9 of the command alone: its run saves and stops, and the second command goes on', async () => {
    const place = emptyPlace(folder);
    const child = startCli(REPRODUCE, place);
    const end = ended(child);
    await printed(child, /step \d+ of 180/);
    child.kill('SIGKILL');
    await end;
    await goesOn(place);
  });

  it('kill -9 of one run: named, exit code 1, the others are trained', async () => {
    const place = emptyPlace(folder);
    const child = startCli(REPRODUCE, place);
    const end = ended(child);
    await printed(child, /step \d+ of 180/);
    process.kill(workerOf(child.pid ?? 0), 'SIGKILL');
    const { code, stdout } = await end;
    expect(code).toBe(1);
    expect(stdout).toMatch(/FAILED tiny\/softmax seed 0: its process was ended by SIGKILL \(out of memory\?\); run the same command again to continue/);
    expect(stdout).toContain('tiny/cosface seed 0: done');
    expect(await runCli(REPRODUCE, place)).toMatchObject({ code: 0 });
    expect(outcome(place)).toEqual(wanted());
  });
});

it('two commands at once on one store train each run once', async () => {
  const place = emptyPlace(folder);
  const both = await Promise.all([runCli(REPRODUCE, place), runCli([...REPRODUCE.slice(0, -1), '--jobs=2'], place)]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  const all = both.map(({ stdout }) => stdout).join('');
  for (const name of ['softmax', 'cosface']) {
    expect(all.match(new RegExp(`tiny/${name} seed 0: step \\d+ of 180`, 'g'))).toHaveLength(3);
    expect(all.match(new RegExp(`tiny/${name} seed 0: done`, 'g'))?.length).toBeGreaterThanOrEqual(1);
  }
  expect(outcome(place)).toHaveLength(2);
});

/** The process of the run that a command trains at the moment. */
function workerOf(parent: number): number {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ').map(Number);
  const worker = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('worker.ts'));
  if (worker === undefined) throw new Error(`process ${parent} trains nothing`);
  return worker;
}
