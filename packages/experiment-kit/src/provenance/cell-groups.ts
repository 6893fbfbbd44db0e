import { HypersphereError } from '@hypersphere/engine';

import type { ProfileName } from '../define-experiment';
import type { LoadedExperiment } from '../load-experiment';
import { nearest } from '../nearest';
import { planStudy, type Study, type StudyOptions } from '../plan-study';
import { reportSource } from '../report/source';
import type { Cell, CellGroup } from './cell';
import { claimCells, figureCells } from './claim-cells';
import { studyCells } from './study-cells';
import { summaryCells, tableCells } from './table-cells';

/** A study by hand, as `ablate` takes it. */
export type ByHand = Pick<StudyOptions, 'vary' | 'from' | 'metric' | 'seeds'>;

/** All that an experiment's report shows, by the first part of its address; read from the stores when it is asked for. */
export function cellGroups({ experiment, published }: LoadedExperiment, profile: ProfileName, byHand?: ByHand): CellGroup[] {
  const source = reportSource(experiment, profile);
  const seeds = byHand?.seeds === undefined ? {} : { seeds: byHand.seeds };
  const studies = Object.keys(experiment.ablations).map((study) => ({ name: study, cells: () => cellsOf(() => planStudy(experiment, { study, vary: [], profile, ...seeds })) }));
  const own = byHand === undefined || byHand.vary.length === 0 ? [] : [planStudy(experiment, { ...byHand, profile })];
  return [
    ...Object.entries(experiment.tables).map(([id, plan]) => ({ name: id, cells: () => tableCells(id, plan, source, published) })),
    { name: 'summary', cells: () => summaryCells(source) },
    { name: 'claims', cells: () => claimCells(source, published) },
    { name: 'figures', cells: () => figureCells(source) },
    ...studies,
    ...own.map((study) => ({ name: study.name, cells: () => studyCells(study) })),
  ];
}

/** A study may not be possible in a profile: its path is not in the config there. */
function cellsOf(plan: () => Study): Cell[] {
  try {
    return studyCells(plan());
  } catch (error) {
    if (error instanceof HypersphereError && error.exitCode === 2) return [];
    throw error;
  }
}

/**
 * The cell at an address; capital letters do not matter.
 *
 * @throws HypersphereError (usage) with what there is at the part that is wrong, and the nearest
 */
export function findCell(address: string, groups: readonly CellGroup[], where: string): Cell {
  const [first = '', ...rest] = address.toLowerCase().split('/');
  const group = groups.find(({ name }) => name.toLowerCase() === first);
  if (group === undefined) throw unknown(where, first, groups.map(({ name }) => name));
  const cells = group.cells();
  let [found, path] = [cells, group.name];
  for (const part of rest) {
    const known = [...new Set(found.map((cell) => partAfter(cell, path)))];
    const match = known.find((one) => one?.toLowerCase() === part);
    if (match === undefined) throw unknown(`${where}: ${path}`, part, known.filter((one) => one !== undefined));
    path = `${path}/${match}`;
    found = found.filter((cell) => cell.address === path || cell.address.startsWith(`${path}/`));
  }
  const cell = found.find((one) => one.address === path);
  if (cell !== undefined) return cell;
  const known = [...new Set(found.map((one) => partAfter(one, path)))].filter((one) => one !== undefined);
  throw new HypersphereError(`${where}: ${path} is not one cell; go on with one of: ${known.map((one) => `${path}/${one}`).join(', ') || 'none, it has no cells in this profile'}`, { exitCode: 2 });
}

const partAfter = ({ address }: Cell, path: string): string | undefined => address.slice(path.length + 1).split('/')[0] || undefined;
const unknown = (where: string, part: string, known: readonly string[]): HypersphereError => new HypersphereError(`${where}: no ${nearest(part, known)}`, { exitCode: 2 });
