import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { dataSets } from '@hypersphere/data';

import { licenceProblem } from './known';
import { dataPackages, enginePackages, productionPackages, type Used } from './used';

const LOCK = resolve(__dirname, '../../package-lock.json');

/** `npm run licences`: name, version, licence and use of everything of others that is used; 1 if a licence is missing or unknown. */
export function main(print: (line: string) => void, lock: string = readFileSync(LOCK, 'utf8')): number {
  const used = [...productionPackages(JSON.parse(lock) as Parameters<typeof productionPackages>[0]), ...enginePackages(), ...dataPackages()];
  for (const { name, version, licence = '-', by } of used) print([name, version, licence, by].join('\t'));
  print('');
  for (const [name, { title, licences, source }] of Object.entries(dataSets)) print(`data set ${name}: ${title}. Licence: ${licences}. Source: ${source}`);
  print('');
  print(`${used.length} packages: ${counts(used)}`);
  const problems = used.flatMap((one) => {
    const problem = licenceProblem(one.licence);
    return problem === undefined ? [] : [`${one.name}@${one.version} ${problem}`];
  });
  for (const problem of problems) print(`PROBLEM ${problem}`);
  return problems.length === 0 ? 0 : 1;
}

function counts(used: readonly Used[]): string {
  const numbers = new Map<string, number>();
  for (const { licence = 'no licence' } of used) numbers.set(licence, (numbers.get(licence) ?? 0) + 1);
  return [...numbers].sort(([, a], [, b]) => b - a).map(([licence, count]) => `${licence} ${count}`).join(', ');
}

if (require.main === module) {
  const lines: string[] = [];
  process.exitCode = main((line) => void lines.push(line));
  process.stdout.on('error', () => undefined); // a reader that left (`| head`)
  process.stdout.write(`${lines.join('\n')}\n`);
}
