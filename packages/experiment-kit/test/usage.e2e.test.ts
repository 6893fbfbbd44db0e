import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';

import { openRunStore } from '../src/run-store';
import { WORKSPACE } from '../src/workspace';
import { emptyPlace, runCli, type Place } from './command-line';
import { madeUpRecord } from './made-up-record';

jest.setTimeout(120_000);
const folder = temporaryFolder();
const place = emptyPlace(folder);
const HELP = 'Help: npx nx run <experiment>:<target> -h';

describe('wrong usage: exit code 2, known names, the nearest', () => {
  it.each([
    ['reproduce tinny', "\nunknown experiment 'tinny'; known: tiny; did you mean 'tiny'?\n"],
    ['reproduce', '\nname an experiment: tiny; or give --all\n'],
    ['reproduce tiny --all', "\ngive either an experiment ('tiny') or --all\n"],
    ['train --variant=softmax', '\nname an experiment: tiny\n'],
    ['reproduce tiny --profile=quik', `error: option '--profile <name>' argument 'quik' is invalid. unknown profile 'quik'; known: smoke, quick, standard, paper; did you mean 'quick'?\n${HELP}\n`],
    ['reproduce tiny --porfile=quick', `error: unknown option '--porfile=quick'\n${HELP}\nIts options: --all, --profile, --seeds, --only, --jobs, --dry-run, --fresh, --data, --image-size, -h\n`],
    ['reproduce tiny --only=sofmax', "\ntiny: unknown variant 'sofmax'; known: softmax, cosface, 'cosface, again'; did you mean 'softmax'?\n"],
    ['reproduce tiny --seeds=0,x', `error: option '--seeds <list>' argument '0,x' is invalid. expected a whole number, received 'x'\n${HELP}\n`],
    ['reproduce tiny --jobs=0', `error: option '--jobs <n>' argument '0' is invalid. expected at least 1\n${HELP}\n`],
    ['train tiny', `error: required option '--variant <name>' not specified\n${HELP}\n`],
    ['ablate tiny', '\ngive either --study NAME (margin) or --vary PATH=VALUE,VALUE\n'],
    ['ablate tiny --study=margn', "\ntiny: unknown study 'margn'; known: margin; did you mean 'margin'?\n"],
    ['ablate --all --study=margn', "\nno experiment declares the study 'margn'; known: margin; did you mean 'margin'?\n"],
    ['ablate tiny --study=margin --metric=x', '\n--from and --metric go with --vary; a declared study has its own\n'],
    ['ablate tiny --vary=loss.margin', `error: option '--vary <path=values>' argument 'loss.margin' is invalid. expected PATH=VALUE,VALUE like loss.margin=0.2,0.35, received 'loss.margin'\n${HELP}\n`],
    ['ablate tiny --vary loss.margin=1 --vary loss.margin=2', '\n--vary loss.margin: given twice; put all its values into one\n'],
    ['ablate tiny --vary loss.margin=0.1,7 --profile=smoke', '\nloss.margin=7: loss.margin: expected a number in [0, 2), received 7\n'],
    ['verify tiny --runs=0', `error: option '--runs <n>' argument '0' is invalid. expected at least 1\n${HELP}\n`],
    ['verify tiny --all', "\ngive either an experiment ('tiny') or --all\n"],
    ['explain --all --cell=table-1', '\n--cell: an address belongs to one paper: npx nx run <paper>:explain --cell=...\n'],
    ['evaluate tiny --variant=softmax --split=train', "\n--split: expected test or validation, received 'train'\n"],
  ])('%s', async (command, says) => {
    const { code, stdout, stderr } = await runCli(command.split(' '), place);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: says });
  });

  it('tells help from an error', async () => {
    const { code, stdout } = await runCli(['reproduce', '-h'], place);
    expect(code).toBe(0);
    expect(stdout).toMatch(/--dry-run +print the plan/);
  });
});

describe('failures: exit code 1 and the way out', () => {
  const stored = async (text: (line: string) => string): Promise<Place> => {
    const other = emptyPlace(folder);
    await openRunStore('tiny', 'smoke', other.results).write(madeUpRecord());
    const file = join(other.results, 'tiny/smoke/runs', `${madeUpRecord().id}.json`);
    writeFileSync(file, text(JSON.stringify(madeUpRecord())));
    return other;
  };

  it('refuses a record that was edited', async () => {
    const edited = await stored((line) => line.replace('"seconds":2', '"seconds":1'));
    for (const command of ['report', 'reproduce']) {
      const { code, stdout, stderr } = await runCli([command, 'tiny', '--profile=smoke'], edited);
      expect(code).toBe(1);
      expect(stdout + stderr).toMatch(/tiny\/smoke\/runs\/[0-9a-f]{16}\.json: the record does not match its own digest: it was edited or damaged\. Restore it \(git checkout\), or delete it and run `reproduce` again\.\n$/);
    }
  });

  it('refuses a record of another format', async () => {
    const { code, stdout } = await runCli(['report', '--all', '--profile=smoke'], await stored((line) => line.replace('"format":1', '"format":9')));
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAILED tiny: .*expected a run record of format 1, received format 9\. Check out the commit that wrote it/m);
  });

  it('says once, and before it trains, that results cannot be written', async () => {
    const blocked = { ...place, results: join(folder, 'blocked') };
    mkdirSync(blocked.results);
    writeFileSync(join(blocked.results, 'tiny'), '');
    const { code, stdout, stderr } = await runCli(['reproduce', 'tiny', '--profile=smoke'], blocked);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^\n[^\n]*tiny\/smoke: run records cannot be written here \([A-Z]+\)\. Make it a folder that can be written, or set HYPERSPHERE_RESULTS to another one, and run the same command again\.\n$/);
  });

  it('names the command that trains what evaluate lacks', async () => {
    const { code, stderr } = await runCli(['evaluate', 'tiny', '--variant=softmax', '--seed=9', '--profile=smoke'], place);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '\ntiny/softmax seed 9: no checkpoint in the cache. Train it first: npx nx run tiny:train --variant="softmax" --seed=9 --profile=smoke\n' });
  });
});

describe('what trains nothing', () => {
  it('plans without writing', async () => {
    const other = emptyPlace(folder);
    const { code, stdout } = await runCli(['reproduce', 'tiny', '--profile=smoke', '--dry-run'], other);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^train {2}[0-9a-f]{16} tiny\/softmax seed 0\ntrain {2}[0-9a-f]{16} tiny\/cosface seed 0\n2 runs: 0 stored, 2 to train, \d at a time\.\nEstimate: \d+ s, download 0 MB, disk \d+ MB\.\n$/);
    expect(existsSync(other.results)).toBe(false);
    expect(readdirSync(other.cache).filter((name) => name !== 'engine')).toEqual([]);
  });

  it('plans without copying what another paper has', async () => {
    const other = emptyPlace(folder);
    await openRunStore('elsewhere', 'smoke', other.results).write(madeUpRecord());
    const { stdout } = await runCli(['reproduce', 'tiny', '--profile=smoke', '--dry-run'], other);
    expect(stdout).toContain('2 runs: 1 stored, 1 to train');
    expect(readdirSync(other.results)).toEqual(['elsewhere']);
  });

  const preload = join(__dirname, 'fixtures/print-tensorflow-modules.cjs');

  it.each([
    '-h',
    'reproduce -h',
    'reproduce tiny --dry-run',
    'reproduce --all --profile=standard --dry-run',
    'ablate tiny --study=margin --dry-run',
    'report --all --profile=smoke',
    'explain tiny --profile=smoke',
    'explain tiny --profile=smoke --cell=table-1/first-row/accuracy',
    'explain tiny --profile=smoke --cell=claims/c1',
    `explain tiny --profile=smoke --run=${madeUpRecord().id}`,
    'explain --all --profile=standard',
  ])('%s loads no TensorFlow, neither native nor JavaScript', async (command) => {
    const other = emptyPlace(folder);
    await openRunStore('tiny', 'smoke', other.results).write(madeUpRecord());
    const { code, stderr } = await runCli(command.split(' '), other, { preload });
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'TensorFlow modules: \n' });
  });

  it.each(['arcface', 'cosface', 'sphereface'])('%s is planned without TensorFlow', async (paper) => {
    const { code, stderr } = await runCli(['reproduce', paper, '--profile=standard', '--dry-run'], emptyPlace(folder), { preload, env: { HYPERSPHERE_EXPERIMENTS: join(WORKSPACE, 'experiments') } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'TensorFlow modules: \n' });
  });
});
