import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

import { temporaryFolder } from '@hypersphere/testing';

import { writeAtomically } from '../src/index';

const folder = temporaryFolder();

it('writes text and bytes, makes folders, replaces, and leaves nothing else', async () => {
  const path = join(folder, 'a', 'b', 'file');
  await writeAtomically(path, 'first, long');
  expect(readFileSync(path, 'utf8')).toBe('first, long');
  await writeAtomically(path, Uint8Array.from([9, 1, 2, 9]).subarray(1, 3));
  expect([...readFileSync(path)]).toEqual([1, 2]);
  expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['file']);
});

it('writes whole files when many write at once', async () => {
  const path = join(folder, 'contested');
  const texts = Array.from({ length: 10 }, (_, i) => String(i).repeat(10_000));
  await Promise.all(texts.map((text) => writeAtomically(path, text)));
  expect(texts).toContain(readFileSync(path, 'utf8'));
});
