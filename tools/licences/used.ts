import { dataSets } from '@hypersphere/data';
import { wheels } from '@hypersphere/engine';

/** Something of others that is used: a package, a data set, the engine. */
export interface Used {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly licence?: string;
  /** What it is used for. */
  readonly by: string;
}

/** A package in a lockfile of npm, version 3. */
interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}

/**
 * Packages that a clone runs with, without those of tests and tools, each version once.
 *
 * @param lock content of package-lock.json
 */
export function productionPackages(lock: { readonly packages: Readonly<Record<string, Locked>> }): Used[] {
  const folder = 'node_modules/';
  const used = Object.entries(lock.packages).flatMap(([path, { version = '', license, dev, link }]): Used[] => {
    const at = path.lastIndexOf(folder);
    if (at < 0 || dev === true || link === true) return [];
    return [{ name: path.slice(at + folder.length), version, licence: license, by: 'code' }];
  });
  return once(used);
}

/** Packages that hold data, by their data sets. */
export function dataPackages(): Used[] {
  const used = Object.entries(dataSets).flatMap(([set, { packages }]) => packages().map(({ name, version, licence }): Used => ({ name, version, licence, by: `data set ${set}` })));
  return once(used);
}

/** TensorFlow itself, which pip fetches. */
export const enginePackages = (): Used[] =>
  once(Object.values(wheels).map(({ requirement, licence }): Used => ({ name: requirement.split('==')[0] ?? '', version: requirement.split('==')[1] ?? '', licence, by: 'engine, from the Python package index' })));

function once(all: readonly Used[]): Used[] {
  const key = ({ name, version }: Used) => `${name}@${version}`;
  const found = new Map(all.map((one) => [key(one), one]));
  return [...found.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
