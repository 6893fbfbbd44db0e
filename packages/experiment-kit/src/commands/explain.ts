import { HypersphereError } from '@hypersphere/engine';

import { chooseExperiments, type Chosen } from '../choose-experiments';
import type { ProfileName } from '../define-experiment';
import { reportFailures } from '../failures';
import { print } from '../print';
import { cellGroups, findCell, type ByHand } from '../provenance/cell-groups';
import { cellText, explainCell } from '../provenance/explain-cell';
import { explainStoredRun, storedRunText } from '../provenance/explain-stored-run';
import { listText } from '../provenance/list-cells';

export interface ExplainOptions extends ByHand {
  readonly all?: boolean;
  readonly profile: ProfileName;
  readonly cell?: string;
  readonly run?: string;
  readonly json?: boolean;
}

/**
 * `<paper>:explain`: from a cell, claim or figure of a report to the runs behind it, and from a run back to all that uses it.
 * Reads the stores; no TensorFlow.
 */
export async function explain(id: string | undefined, options: ExplainOptions): Promise<number> {
  const { cell, run, profile } = options;
  if (cell !== undefined && run !== undefined) throw usage('give either --cell or --run');
  if (cell !== undefined && options.all === true) throw usage('--cell: an address belongs to one paper: npx nx run <paper>:explain --cell=...');
  const chosen = chooseExperiments(id, options.all);
  if (run !== undefined) return tell(explainStoredRun(run, { chosen, everyone: everyone(chosen, options.all), profile }), storedRunText, options);
  const [only] = chosen.loaded;
  if (cell !== undefined && only !== undefined) {
    const found = findCell(cell, cellGroups(only, profile, options), only.experiment.id);
    return tell(explainCell(found, { experiment: only.experiment, profile }), cellText, options);
  }
  const lists = chosen.loaded.map((one) => ({ experiment: one.experiment.id, profile, groups: cellGroups(one, profile, options) }));
  if (options.json === true) print(JSON.stringify(lists.flatMap((list) => list.groups.flatMap((group) => group.cells().map(({ address }) => ({ experiment: list.experiment, profile, address })))), null, 2));
  else for (const list of lists) print(listText(list));
  return Promise.resolve(reportFailures(chosen.broken));
}

/** A run may be used by any paper, whichever was asked. */
function everyone(chosen: Chosen, all: boolean | undefined): Chosen {
  return all === true ? chosen : chooseExperiments(undefined, true);
}

async function tell<T>(what: T, text: (what: T) => string, { json }: ExplainOptions): Promise<number> {
  print(json === true ? JSON.stringify(what, null, 2) : text(what));
  return Promise.resolve(0);
}

const usage = (message: string): HypersphereError => new HypersphereError(message, { exitCode: 2 });
