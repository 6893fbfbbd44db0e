import { columns } from '@hypersphere/engine';
import type { DataSetName } from '../config';
import { dataSets, sourceOf } from '../data-sets';
import { isFetched } from '../fetch/fetch-packages';

/** What the commands print to, one line at a time. */
export type Print = (line: string) => void;

/** Prints name, state, download size, licence and source of every data set. */
export async function listDataSets(print: Print): Promise<void> {
  const names = Object.keys(dataSets) as DataSetName[];
  const rows = [['NAME', 'STATE', 'DOWNLOAD', 'IMAGES', 'LICENCE', 'SOURCE']];
  for (const name of names) {
    const { licences, source, packages, renderedBytes } = sourceOf(name);
    const bytes = packages().reduce((sum, entry) => sum + entry.bytes, 0);
    rows.push([name, await stateOf(name), size(bytes), size(renderedBytes()), licences, source]);
  }
  for (const line of columns(rows).split('\n')) print(line);
  print('');
  for (const name of names) print(`${name}: ${sourceOf(name).title}. Stands for ${sourceOf(name).standsFor}.`);
}

async function stateOf(name: DataSetName): Promise<string> {
  const { packages: packagesOf, supplied } = sourceOf(name);
  const packages = packagesOf();
  if (supplied) return 'supplied by you';
  if (packages.length === 0) return 'in memory';
  const there = (await Promise.all(packages.map(isFetched))).filter(Boolean).length;
  if (there === packages.length) return 'fetched';
  return there === 0 ? 'not fetched' : `${there} of ${packages.length} packages`;
}

const size = (bytes: number) => (bytes === 0 ? '-' : `${(bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0)} MB`);
