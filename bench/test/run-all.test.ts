import { expect, it } from '@jest/globals';
import { HypersphereError } from '@hypersphere/engine';

import { runAll } from '../run-all';

const items = ['a', 'b', 'c', 'd'].map((id) => ({ id }));

it('goes on where an item fails, and names it at the end', async () => {
  const [measured, lines]: string[][] = [[], []];
  const measure = ({ id }: { id: string }) => {
    if (id === 'b' || id === 'd') return Promise.reject(new HypersphereError(`bench: ${id}: the sides differ`));
    measured?.push(id);
    return Promise.resolve();
  };
  await expect(runAll(items, measure, (line) => lines?.push(line))).rejects.toThrow('bench: 2 of 4 items failed: b, d');
  expect(measured).toEqual(['a', 'c']);
  expect(lines).toEqual(['b failed, its old result is kept: bench: b: the sides differ', 'd failed, its old result is kept: bench: d: the sides differ']);
});

it('ends without an error where none fails', async () => {
  await expect(runAll(items, () => Promise.resolve(), () => {})).resolves.toBeUndefined();
});

it('stops at a mistake of the bench itself', async () => {
  await expect(runAll(items, () => Promise.reject(new TypeError('no')), () => {})).rejects.toThrow(TypeError);
});
