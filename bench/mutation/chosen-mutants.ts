import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomStream } from '@hypersphere/engine';

import { mutantsOf, type Mutant } from './mutants';
import { ROOT } from './run-mutant';

const FOLDERS = ['packages/core-losses/src', 'packages/evaluation/src'] as const;

/** Places drawn in each source file; the same for the same files and seed, whatever other files hold. */
export function chosenMutants({ perFile, seed, only = '' }: { readonly perFile: number; readonly seed: number; readonly only?: string }): Mutant[] {
  return sources()
    .filter((file) => file.includes(only))
    .flatMap((file) => randomStream(seed, 'generated-data', 'mutation', file).shuffle(mutantsOf(file, readFileSync(join(ROOT, file), 'utf8'))).slice(0, perFile));
}

function sources(): string[] {
  return FOLDERS.flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('/index.ts'))
    .sort();
}
