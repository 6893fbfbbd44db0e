import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';

import { canonicalJson } from '../src/canonical-json';
import { sealRecord, type RunRecord } from '../src/run-record';
import { openRunStore } from '../src/run-store';
import { emptyPlace, ended, printed, runCli, startCli } from './command-line';

jest.setTimeout(300_000);
const place = emptyPlace(temporaryFolder());
const store = () => openRunStore('tiny', 'smoke', place.results);
const recordOf = (variant: string): RunRecord => {
  const found = [...store().read().values()].find(({ variants }) => variants.includes(variant));
  if (found === undefined) throw new Error(`no record of ${variant}`);
  return found;
};

/** Every file of the results and the cache but the engine, by its path. */
function files(): Record<string, string> {
  const all = [place.results, place.cache].flatMap((root) => readdirSync(root, { recursive: true, withFileTypes: true }));
  return Object.fromEntries(all.filter((one) => one.isFile()).map((one) => [join(one.parentPath, one.name), readFileSync(join(one.parentPath, one.name), 'base64')]));
}

beforeAll(async () => {
  await runCli(['reproduce', 'tiny', '--profile=smoke', '--jobs=1'], place);
});

describe('verify', () => {
  it('trains the sample again to the same bits, and touches nothing', async () => {
    const before = files();
    const { code, stdout } = await runCli(['verify', 'tiny', '--profile=smoke', '--runs=1', '--seed=0'], place);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/tiny, smoke: 1 of 2 stored runs, drawn with seed 0, to be trained again apart from the store\.[^]*\[1\/1\] tiny\/\w+ seed 0: done[^]*to the bit +0 of \d{3} +– +equal\n$/) });
    expect(stdout).toMatch(/step 90 of 180/);
    expect(files()).toEqual(before);
  });

  it('finds a number that was edited together with its digest, which no hash can', async () => {
    const cosface = recordOf('cosface');
    const file = join(place.results, 'tiny/smoke/runs', `${cosface.id}.json`);
    const before = readFileSync(file, 'utf8');
    const metrics = { ...cosface.metrics, 'identification.rank1': { value: 0.987 } };
    writeFileSync(file, canonicalJson(sealRecord({ ...cosface, metrics })));
    const { code, stdout } = await runCli(['verify', 'tiny', '--profile=smoke', `--run=${cosface.id}`], place);
    writeFileSync(file, before);
    expect(code).toBe(1);
    expect(stdout).toMatch(/DIFFERENT\n[^]*FAILED tiny\/cosface seed 0 \(run [0-9a-f]{16}\): \d of \d+ numbers are not equal to the bit: identification\.rank1: 0\.987, now /);
  });

  it('Ctrl-C: stops, compares nothing, leaves nothing behind', async () => {
    const before = files();
    const child = startCli(['verify', 'tiny', '--profile=smoke'], place);
    const end = ended(child);
    await printed(child, /step \d+ of 180/);
    child.kill('SIGINT');
    expect(await end).toMatchObject({ code: 130, stdout: expect.stringMatching(/Interrupted: nothing was compared, and nothing stored was touched; the same command starts again\.\n$/) });
    expect(files()).toEqual(before);
    expect(readdirSync(join(place.cache, 'verify'))).toEqual([]);
  });

  it('is no success where nothing is stored', async () => {
    const { code, stdout } = await runCli(['verify', 'tiny', '--profile=quick'], place);
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'FAILED tiny, quick: no stored run to train again. The target reproduce trains some\n' });
  });

  it('names an edited record without training it', async () => {
    const { id } = recordOf('softmax');
    const file = join(place.results, 'tiny/smoke/runs', `${id}.json`);
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, before.replace('"steps":180', '"steps":181'));
    const { code, stdout } = await runCli(['verify', 'tiny', '--profile=smoke', `--run=${id}`], place);
    const other = await runCli(['explain', 'tiny', '--profile=smoke', `--run=${id}`], place);
    writeFileSync(file, before);
    expect({ code, stdout }).toMatchObject({ code: 2, stdout: '' });
    expect(other).toMatchObject({ code: 1, stderr: expect.stringMatching(/run [0-9a-f]{16}: edited\n.*does not match its own digest/) });
  });
});
