import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { writeIfChanged } from '@hypersphere/reporting';

import { differences } from './differences';
import { execute } from './execute';
import { parseNotebook, toNotebook } from './nbformat';

const FOLDER = resolve(__dirname, '..', '..', 'notebooks');

/** Names of all notebooks. */
export const notebookNames = (): string[] => readdirSync(FOLDER).filter((name) => name.endsWith('.ts')).map((name) => name.slice(0, -3)).sort();

async function main(names: readonly string[], { check = false }: { readonly check?: boolean }): Promise<void> {
  const known = notebookNames();
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new RangeError(`notebooks: unknown '${unknown.join("', '")}'; known: ${known.join(', ')}`);
  for (const name of names.length > 0 ? names : known) {
    const fresh = toNotebook(await execute(join(FOLDER, `${name}.ts`)));
    const target = join(FOLDER, `${name}.ipynb`);
    if (check) report(name, differences(parseNotebook(readFileSync(target, 'utf8'), name), fresh));
    else console.log(`${name}: ${(await writeIfChanged(target, `${JSON.stringify(fresh, undefined, 1)}\n`)) ? 'written' : 'unchanged'}`);
  }
}

function report(name: string, found: readonly string[]): void {
  console.log(found.length === 0 ? `${name}: as stored` : `${name}: differs\n${found.join('\n')}`);
  if (found.length > 0) process.exitCode = 1;
}

if (require.main === module) {
  void new Command('notebooks')
    .description('Run the notebooks and store what they show')
    .argument('[name...]', 'notebooks, all if none is named')
    .option('--check', 'compare with what is stored and write nothing')
    .action(main)
    .parseAsync();
}
