import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

const source = join(__dirname, '..', 'src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

it('imports nothing that a browser lacks', () => {
  const allowed = /^(\.|@tensorflow\/tfjs$|pure-rand\/|@stdlib\/stats-base-dists-t-)/;
  const imported = files.flatMap((file) =>
    [...readFileSync(join(source, file), 'utf8').matchAll(/(?:from|import|require\()\s*'([^']+)'/g)].map((found) => found[1]!),
  );
  expect(imported.length).toBeGreaterThan(50);
  expect(imported.filter((name) => !allowed.test(name))).toEqual([]);
});

it('keeps files short', () => {
  const long = files.filter((file) => readFileSync(join(source, file), 'utf8').split('\n').length > 151);
  expect(long).toEqual([]);
});
