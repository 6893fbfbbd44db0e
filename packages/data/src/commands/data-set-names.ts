import { HypersphereError } from '@hypersphere/engine';
import { closest } from 'fastest-levenshtein';
import type { DataSetName } from '../config';
import { dataSets } from '../data-sets';

/**
 * Checks names from the command line; none means all.
 *
 * @throws HypersphereError (exit code 2) that lists the known names and the nearest one
 */
export function dataSetNames(names: readonly string[]): DataSetName[] {
  const known = Object.keys(dataSets) as DataSetName[];
  for (const name of names) {
    if (known.includes(name as DataSetName)) continue;
    throw new HypersphereError(`unknown data set '${name}'; did you mean '${closest(name, known)}'? Known: ${known.join(', ')}`, { exitCode: 2 });
  }
  return names.length === 0 ? known : ([...names] as DataSetName[]);
}
