import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '@hypersphere/engine';
import type { DataSetName } from '../config';
import { sourceOf } from '../data-sets';
import { damagedFiles, isFetched } from '../fetch/fetch-packages';
import { isSoundPacked } from '../packed/packed-file';
import type { Print } from './list';

/**
 * Reads every fetched file and packed file of the named data sets again and compares checksums.
 *
 * @returns how many files are damaged
 */
export async function verifyDataSets(names: readonly DataSetName[], print: Print): Promise<number> {
  let damaged = 0;
  for (const name of names) {
    const wrong = [...(await damagedSources(name)), ...(await damagedPacked(name))];
    damaged += wrong.length;
    for (const file of wrong) print(`${name}: damaged: ${file}`);
    const packages = sourceOf(name).packages();
    const there = (await Promise.all(packages.map(isFetched))).filter(Boolean).length;
    const state = sourceOf(name).supplied ? 'supplied by you' : `${there} of ${packages.length} packages fetched`;
    print(`${name}: ${state}, ${wrong.length === 0 ? 'all checksums match' : `${wrong.length} files damaged`}`);
  }
  if (damaged > 0) print("'npx nx run data:prepare' fetches damaged packages again; a damaged packed file is made again when it is next read");
  return damaged;
}

async function damagedSources(name: DataSetName): Promise<string[]> {
  const wrong: string[] = [];
  for (const one of sourceOf(name).packages()) {
    if (await isFetched(one)) wrong.push(...(await damagedFiles(one)).map((file) => `${one.name}@${one.version} ${file}`));
  }
  return wrong;
}

async function damagedPacked(name: DataSetName): Promise<string[]> {
  const folder = cacheFolder('data', 'packed');
  const files = (await readdir(folder).catch(() => [])).filter((file) => file.startsWith(`${name}-`) && file.endsWith('.pack'));
  const sound = await Promise.all(files.map((file) => isSoundPacked(join(folder, file))));
  return files.filter((_, at) => !sound[at]);
}
