import { describe, expect, it } from '@jest/globals';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';

import experiment from '../src/generators/experiment';

describe('generator experiment', () => {
  it('writes all files of an experiment, with its name and title', () => {
    const tree = createTreeWithEmptyWorkspace();
    experiment(tree, { name: 'my-paper', title: 'It\'s a "title"', year: 2024 });
    const files = ['src/experiment.ts', 'paper/tables.json', 'README.md', 'test/experiment.e2e.test.ts'].map((file) => `experiments/my-paper/${file}`);
    expect(tree.listChanges().map(({ path }) => path).filter((path) => path.startsWith('experiments/')).sort()).toEqual([...files].sort());
    expect(tree.read(files[0]!, 'utf8')).toContain('title: "It\'s a \\"title\\"",');
    expect(JSON.parse(tree.read(files[1]!, 'utf8') ?? '')).toMatchObject({ paper: 'It\'s a "title"' });
    expect(files.map((file) => tree.read(file, 'utf8')).join('')).not.toContain('<%');
  });

  it('invents no published number', () => {
    const tree = createTreeWithEmptyWorkspace();
    experiment(tree, { name: 'my-paper' });
    const { tables } = JSON.parse(tree.read('experiments/my-paper/paper/tables.json', 'utf8') ?? '') as { tables: { rows: { values: Record<string, unknown> }[] }[] };
    expect(tables.flatMap(({ rows }) => rows.flatMap(({ values }) => Object.values(values))).every((value) => value === null)).toBe(true);
  });

  it('refuses a name that cannot be a folder, and a folder that is there', () => {
    const tree = createTreeWithEmptyWorkspace();
    expect(() => experiment(tree, { name: 'My Paper' })).toThrow("experiment: expected a name like 'my-loss' (a-z, 0-9, -), received 'My Paper'");
    experiment(tree, { name: 'my-paper' });
    expect(() => experiment(tree, { name: 'my-paper' })).toThrow('experiment: experiments/my-paper exists already; choose another name or remove it');
  });
});
