import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';

import { readableJson } from '../../src/output/readable-json';
import { writeIfChanged } from '../../src/output/write-if-changed';

const folder = temporaryFolder();

it('writes a file only when its bytes differ', async () => {
  const path = join(folder, 'deep', 'table.md');
  expect(await writeIfChanged(path, 'größer')).toBe(true);
  const past = new Date(1_000_000_000_000);
  utimesSync(path, past, past);
  expect(await writeIfChanged(path, Buffer.from('größer'))).toBe(false);
  expect(statSync(path).mtimeMs).toBe(past.getTime());
  expect(await writeIfChanged(path, 'kleiner')).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe('kleiner');
  expect(readdirSync(join(folder, 'deep'))).toEqual(['table.md']);
});

it('passes on what stops it from reading', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(writeIfChanged(join(folder, 'file', 'below'), 'x')).rejects.toThrow('ENOTDIR');
});

it('keeps short rows on a line, and seven digits', () => {
  const rows = [{ x: 1 / 3, y: 1234567.891 }, { x: 1e-12, y: null }];
  expect(readableJson({ rows, name: 'n'.repeat(120) })).toBe(`{\n "rows": [{"x":0.3333333,"y":1234568},{"x":1e-12,"y":null}],\n "name": "${'n'.repeat(120)}"\n}\n`);
  expect(JSON.parse(readableJson(Array.from({ length: 40 }, (_, i) => ({ i }))))).toHaveLength(40);
  expect(readableJson(Array.from({ length: 40 }, (_, i) => ({ i }))).split('\n')).toHaveLength(43);
});
