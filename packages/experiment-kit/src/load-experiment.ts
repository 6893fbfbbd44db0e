import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { HypersphereError } from '@hypersphere/engine';

import type { Experiment } from './define-experiment';
import { nearest } from './nearest';
import { withOwnData } from './own-data';
import { checkAgainstPaper, parsePaperTables, type PaperTables } from './paper-tables';
import { EXPERIMENTS } from './workspace';

export interface LoadedExperiment {
  readonly experiment: Experiment;
  readonly published: PaperTables;
}

/** Ids of all experiments: the folders that have `src/experiment.ts`. */
export function experimentIds(folder: string = EXPERIMENTS): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((id) => existsSync(join(folder, id, 'src/experiment.ts')))
    .sort();
}

/**
 * Loads an experiment with its published tables, and checks the one against the other.
 *
 * @throws HypersphereError if there is no such experiment, or a label of its tables is not in `paper/tables.json`
 */
export function loadExperiment(id: string, folder: string = EXPERIMENTS): LoadedExperiment {
  const known = experimentIds(folder);
  if (!known.includes(id)) throw new HypersphereError(`unknown experiment ${nearest(id, known)}`, { exitCode: 2 });
  const load = createRequire(join(folder, id, 'src/experiment.ts'));
  const { default: experiment } = load('./experiment.ts') as { default: Experiment };
  if (experiment.id !== id) throw new HypersphereError(`experiments/${id}: expected the id '${id}' of its folder, received '${experiment.id}'`);
  const file = `experiments/${id}/paper/tables.json`;
  const published = parsePaperTables(readFileSync(join(folder, id, 'paper/tables.json'), 'utf8'), file);
  checkAgainstPaper(experiment, published, file);
  return { experiment: withOwnData(experiment), published };
}
