import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, it, jest } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';

import { WORKSPACE } from '../src/workspace';
import { classFolders } from './class-folders';
import { emptyPlace } from './command-line';
import { nxCommands, pages } from './markdown';

jest.setTimeout(600_000);
const place = emptyPlace(temporaryFolder());
/** Images of the reader's own. */
const images = classFolders(temporaryFolder());

/** Commands that are planned only: they train for minutes to days, or every experiment has a smoke test of its own for them. */
const PLANNED = /:(reproduce|ablate)\b/;
/** Commands that cannot run here, with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'engine:provision': 'the tests run on a provisioned engine',
  'data:prepare': 'fetches data sets',
  'experiment:notebooks': 'writes what another test compares',
  'data:verify': 'has data sets to verify only where they were fetched',
};
/** The experiments and variants that the pages invite to make. */
const IMAGINED = /\bmy-paper\b|proportional/;

const commands = [...new Set(pages().flatMap(nxCommands))].filter((command) => !IMAGINED.test(command) && !Object.keys(EXCEPTIONS).some((name) => command.includes(name)));
const trained = new Set<string>();

it.each(commands)('%s', (command) => {
  const words = [...command.matchAll(/(?:[^\s"]+|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', '')).slice(2);
  const smoke = words.some((word) => /^<|^PATH|^NAME/.test(word)) ? undefined : asTest(filledIn(words));
  if (smoke === undefined) return;
  if (words[1]?.endsWith(':evaluate')) train(filledIn(words));
  if (words[1]?.endsWith(':verify')) train([words[0] ?? '', words[1].replace(':verify', ':evaluate'), '--variant=softmax', '--seed=0']);
  const { status, stdout, stderr } = nx(smoke);
  expect({ status, said: status === 0 ? '' : `${stdout}${stderr}` }).toEqual({ status: 0, said: '' });
});

it('npx nx g @hypersphere/nx-plugin:experiment my-paper', () => {
  const { status, stdout } = nx(['g', '@hypersphere/nx-plugin:experiment', 'my-paper', '--dry-run']);
  expect(status).toBe(0);
  expect(stdout).toContain('CREATE experiments/my-paper/src/experiment.ts');
  expect(existsSync(join(WORKSPACE, 'experiments/my-paper'))).toBe(false);
});

/** The words with a path where the page says PATH, and with what it says in brackets. */
function filledIn(words: readonly string[]): string[] {
  return words.map((word) => word.replace(/^\[|\]$/g, '').replace('folder:PATH', `folder:${images}`));
}

/** The command with the smoke profile where it takes a profile, and planned only where it would train for long. */
function asTest(words: readonly string[]): string[] {
  const kit = /:(reproduce|report|table|figure|ablate|train|evaluate|explain|verify)$/.test(words[1] ?? '');
  if (!kit) return [...words];
  const planned = PLANNED.test(words[1] ?? '') && !words.includes('--dry-run');
  // The plan of a profile is that of the page; what is run is the smoke profile.
  const profile = planned || words.includes('--dry-run') ? words : [...words.filter((word) => !word.startsWith('--profile')), '--profile=smoke'];
  return [...profile, ...(planned && !words.includes('-h') ? ['--dry-run'] : [])];
}

/** `evaluate` needs a checkpoint, `verify` a record. */
function train(words: readonly string[]): void {
  // what it is evaluated on is not what it was trained on
  const trainedOn = words.filter((word) => !word.startsWith('--data')).map((word) => word.replace('--trained-on', '--data'));
  const wanted = asTest(trainedOn.map((word) => word.replace(':evaluate', ':train')));
  if (trained.has(wanted.join(' '))) return;
  trained.add(wanted.join(' '));
  expect(nx(wanted).status).toBe(0);
}

function nx(words: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, NX_DAEMON: 'false', HYPERSPHERE_RESULTS: place.results, HYPERSPHERE_CACHE: place.cache };
  const { status, stdout, stderr } = spawnSync('npx', ['nx', ...words], { cwd: WORKSPACE, encoding: 'utf8', env });
  // Nx colours its words where `CI` is set, even in a pipe.
  return { status, stdout: stripVTControlCharacters(stdout), stderr: stripVTControlCharacters(stderr) };
}
