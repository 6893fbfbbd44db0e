import { cacheFolder } from '@hypersphere/engine';
import table from '../packages.json';

/** A package of the npm registry, pinned by version and integrity, and the files of it that are used. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity of the tarball: `sha512-` and base64. */
  readonly integrity: string;
  /** Size of the tarball. */
  readonly bytes: number;
  readonly licence: string;
  /** Paths inside the package, or patterns for all files of a folder: `data/ham/*.txt`. */
  readonly files: readonly string[];
}

/**
 * A package of the repository's own table.
 *
 * @param name as in packages.json
 * @param files paths inside the package
 * @throws RangeError if the table does not have it
 */
export function pinned(name: string, files: readonly string[]): PinnedPackage {
  const entry = (table as Readonly<Record<string, Omit<PinnedPackage, 'name' | 'files'>>>)[name];
  if (entry === undefined) throw new RangeError(`pinned: packages.json has no '${name}'`);
  return { name, files, ...entry };
}

/** Where the used files of a package lie once fetched. */
export const packageFolder = ({ name, version }: Pick<PinnedPackage, 'name' | 'version'>): string =>
  cacheFolder('data', 'packages', `${flat(name)}-${version}`);

/** The name under which `npm pack` leaves a tarball. */
export const tarballName = ({ name, version }: Pick<PinnedPackage, 'name' | 'version'>): string => `${flat(name)}-${version}.tgz`;

const flat = (name: string) => name.replace('@', '').replace('/', '-');
