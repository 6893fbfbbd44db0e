import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';

const ROOT = resolve(__dirname, '..', '..');

/** Longest time for one notebook, of seconds on a free machine. */
const LIMIT_MS = 600_000;

const names = readdirSync(join(ROOT, 'notebooks')).filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -3));

it('there is one notebook a theme', () => {
  expect(names.sort()).toEqual(['label-propagation', 'margin-family', 'pair-weighting', 'supervised-contrast']);
});

it.each(names)('%s shows what is stored', (name) => {
  const run = spawnSync(process.execPath, ['-r', './tools/register.cjs', 'tools/notebook/cli.ts', name, '--check'], { cwd: ROOT, encoding: 'utf8' });
  expect(run).toMatchObject({ stdout: `${name}: as stored\n`, status: 0 });
}, LIMIT_MS);
