import { mkdtempSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it, jest } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';
import { flushChanges, FsTree } from 'nx/src/generators/tree';

import { emptyPlace, runCli } from '../../experiment-kit/test/command-line';
import { WORKSPACE } from '../../experiment-kit/src/workspace';
import experiment from '../src/generators/experiment';

jest.setTimeout(600_000);
const folder = temporaryFolder();

// Inside the workspace, so that the packages are found; among what git and the tests of experiments leave alone.
mkdirSync(join(WORKSPACE, 'dist'), { recursive: true });
const root = mkdtempSync(join(WORKSPACE, 'dist/generated-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('writes an experiment that runs at once', async () => {
  const tree = new FsTree(root, false);
  experiment(tree, { name: 'my-paper', title: 'My "paper"' });
  flushChanges(root, tree.listChanges());
  const place = emptyPlace(folder);
  const env = { HYPERSPHERE_EXPERIMENTS: join(root, 'experiments') };
  const { code, stdout, stderr } = await runCli(['reproduce', 'my-paper', '--profile=smoke'], place, { env });
  expect({ code, stderr, failed: stdout.match(/^FAILED.*$/gm) }).toEqual({ code: 0, stderr: '', failed: null });
  expect(stdout).toContain('3 runs planned, 0 stored, 3 to train');
  const table = readFileSync(join(place.results, 'my-paper/smoke/table-1.md'), 'utf8');
  expect(table).not.toMatch(/missing|NaN|undefined/);
  expect(table).toMatch(/This paper/);
});
