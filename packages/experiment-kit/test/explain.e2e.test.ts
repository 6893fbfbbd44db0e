import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';

import type { CellExplanation } from '../src/provenance/explain-cell';
import type { StoredRunExplanation } from '../src/provenance/explain-stored-run';
import { openRunStore } from '../src/run-store';
import { EXPERIMENTS, WORKSPACE } from '../src/workspace';
import { emptyPlace, runCli, type Place } from './command-line';
import { madeUpRecord } from './made-up-record';

jest.setTimeout(300_000);
const folder = temporaryFolder();
const accuracy = { 'verification.accuracy': { value: 0.75, low: 0.7, high: 0.8 } };
const softmax = madeUpRecord('softmax', 0, { metrics: accuracy });
const cosface = madeUpRecord('cosface', 0, { metrics: accuracy });

async function stored(): Promise<Place> {
  const place = emptyPlace(folder);
  for (const record of [softmax, cosface]) await openRunStore('tiny', 'smoke', place.results).write(record);
  await openRunStore('elsewhere', 'smoke', place.results).write(madeUpRecord('cosface', 0, { metrics: accuracy, variants: ['another name'] }));
  return place;
}
const explain = (place: Place, ...options: string[]) => runCli(['explain', 'tiny', '--profile=smoke', ...options], place);
const asJson = async <T>(place: Place, ...options: string[]): Promise<T> => JSON.parse((await explain(place, '--json', ...options)).stdout) as T;

describe('explain', () => {
  it('goes from the address under a table to its runs, and back', async () => {
    const place = await stored();
    await runCli(['report', 'tiny', '--profile=smoke'], place);
    const table = readFileSync(join(place.results, 'tiny/smoke/table-1.md'), 'utf8');
    const [, address = ''] = /`npx nx run tiny:explain --profile=smoke --cell=(\S+)`/.exec(table) ?? [];
    expect(address).toBe('table-1/second-row/accuracy');
    const cell = await asJson<CellExplanation>(place, `--cell=${address}`);
    expect(cell).toMatchObject({ published: { value: '2', confidence: 'verified', source: 'none: a fixture' }, ours: { metric: 'verification.accuracy', cell: { mean: 0.75, seeds: 1 } } });
    const [run] = cell.runs;
    expect(cell.runs).toHaveLength(1);
    expect(run).toMatchObject({ state: 'sound', record: { id: cosface.id, digest: cosface.digest, metrics: accuracy }, names: [{ paper: 'elsewhere', variants: ['another name'] }, { paper: 'tiny', variants: ['cosface'] }] });
    expect(run?.files.map((file) => file.split('/').at(-1))).toEqual([`${cosface.id}.json`, expect.stringMatching(/^runs\.jsonl:[12]$/)]);
    const back = await asJson<StoredRunExplanation>(place, `--run=${cosface.id}`);
    expect(back.usedBy).toEqual([{ experiment: 'tiny', profile: 'smoke', addresses: ['table-1/second-row/accuracy', 'table-1/second-row/verification.accuracy', 'summary/cosface/verification.tarAtFar1e-3', 'summary/cosface/identification.rank1', 'claims/c1'] }]);
  });

  it('prints all of it', async () => {
    const { code, stdout } = await explain(await stored(), '--cell=table-1/second-row/accuracy');
    expect(code).toBe(0);
    for (const fact of [
      'Published  2, verified; none: a fixture',
      'Ours       75.0 % [70.0, 80.0]; 1 of 1 planned runs; the interval is its 95 % bootstrap over test classes',
      `cosface seed 0  ${cosface.id}  sound  0.75`,
      "'another name' in elsewhere; 'cosface' in tiny",
      'commit unknown',
      `manifest ${cosface.manifestDigest}; packed aa`,
      'TensorFlow 2, tfjs 4, cpu, 1 thread, Node 20',
      '▁ loss 1.500 to 1.500, steps 1 to 1',
      cosface.digest,
      'npx nx run tiny:train --variant=cosface --seed=0 --profile=smoke --fresh',
      `npx nx run tiny:verify --run=${cosface.id} --profile=smoke`,
      '"margin":0.2',
    ]) expect(stdout).toContain(fact);
  });

  it('says that a record was edited, and so does its cell in every table', async () => {
    const place = await stored();
    const file = join(place.results, 'tiny/smoke/runs', `${cosface.id}.json`);
    writeFileSync(file, readFileSync(file, 'utf8').replace('0.75', '0.95'));
    const { code, stdout } = await runCli(['report', 'tiny', '--profile=smoke'], place);
    expect(code).toBe(1);
    expect(stdout).toMatch(/FAILED tiny: .*the record does not match its own digest: it was edited or damaged/);
    for (const table of ['table-1.md', 'README.md', 'table-1.tex', 'table-1.csv']) expect(readFileSync(join(place.results, 'tiny/smoke', table), 'utf8')).toMatch(/edited/);
    expect(readFileSync(join(place.results, 'tiny/smoke/table-1.md'), 'utf8')).toMatch(/\|second row\|2\|–\|edited\|0\|[^]*- edited: the stored record was changed or damaged/);
    expect(readFileSync(join(place.results, 'tiny/smoke/table-1.md'), 'utf8')).not.toContain('95.0');
    const cell = await explain(place, '--cell=table-1/second-row/accuracy');
    expect(cell.stdout).toMatch(/no value; 0 of 1 planned runs; 1 edited[^]*edited {2}.*does not match its own digest/);
    expect(await explain(place, `--run=${cosface.id}`)).toMatchObject({ code: 1, stderr: expect.stringMatching(/^\nrun [0-9a-f]{16}: edited\n.*does not match its own digest/) });
  });

  it('lists what there is', async () => {
    const { code, stdout } = await explain(await stored());
    expect(code).toBe(0);
    expect(stdout).toMatch(/^table-1\n {2}rows {5}first-row {2}second-row\n {2}columns {2}accuracy {2}speed {2}verification\.accuracy\n/m);
    expect(stdout).toMatch(/For example: npx nx run tiny:explain --profile=smoke --cell=table-1\/first-row\/accuracy\n/);
  });

  it.each([
    [['--cell=tabel-1/first-row/accuracy'], "\ntiny: no 'tabel-1'; known: table-1, summary, claims, figures, margin; did you mean 'table-1'?\n"],
    [['--cell=table-1/frist-row/accuracy'], "\ntiny: table-1: no 'frist-row'; known: first-row, second-row; did you mean 'first-row'?\n"],
    [['--cell=table-1/first-row'], '\ntiny: table-1/first-row is not one cell; go on with one of: table-1/first-row/accuracy, table-1/first-row/speed, table-1/first-row/verification.accuracy\n'],
    [['--cell=x', '--run=y'], '\ngive either --cell or --run\n'],
    [['--run=0123456789abcdef'], expect.stringMatching(/^\n--run: no record of a run '0123456789abcdef' in smoke or search; the nearest that is stored is [0-9a-f]{16}\n$/)],
  ])('wrong usage: %j', async (options, says) => {
    expect(await explain(await stored(), ...options)).toEqual({ code: 2, stdout: '', stderr: says });
  });
});

it('prints a command that repeats exactly the run: through the shell and Nx, to an equal record', async () => {
  const place = emptyPlace(folder);
  const train = ['train', 'cosface', '--variant=paper s, m', '--seed=3', '--profile=smoke'];
  await runCli(train, place, { env: { HYPERSPHERE_EXPERIMENTS: EXPERIMENTS } });
  const [file = ''] = readdirSync(join(place.results, 'cosface/smoke/runs'));
  const id = file.replace('.json', '');
  const before = openRunStore('cosface', 'smoke', place.results).find(id);
  const { stdout } = await runCli(['explain', 'cosface', `--run=${id}`, '--profile=smoke', '--json'], place, { env: { HYPERSPHERE_EXPERIMENTS: EXPERIMENTS } });
  const command = (JSON.parse(stdout) as StoredRunExplanation).run.repeat?.command ?? '';
  expect(command).toBe('npx nx run cosface:train --variant="paper s, m" --seed=3 --profile=smoke --fresh');
  const { status } = spawnSync('sh', ['-c', command], { cwd: WORKSPACE, env: { ...process.env, NX_DAEMON: 'false', HYPERSPHERE_RESULTS: place.results, HYPERSPHERE_CACHE: place.cache } });
  expect(status).toBe(0);
  const again = openRunStore('cosface', 'smoke', place.results).find(id);
  expect(again?.seconds === before?.seconds && again?.peakMemoryBytes === before?.peakMemoryBytes).toBe(false); // it was trained, not read
  const numbers = ({ metrics, curve, series, steps, config, packedDigest }: NonNullable<typeof again>) => ({ metrics, curve, series, steps, config, packedDigest });
  expect(again && numbers(again)).toEqual(before && numbers(before));
});
