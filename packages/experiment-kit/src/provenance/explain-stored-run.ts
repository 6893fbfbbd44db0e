import { existsSync, readdirSync } from 'node:fs';
import { HypersphereError } from '@hypersphere/engine';
import { closest } from 'fastest-levenshtein';

import type { Chosen } from '../choose-experiments';
import type { Damaged } from '../damaged-record';
import { PROFILE_NAMES, type ProfileName } from '../define-experiment';
import type { LoadedExperiment } from '../load-experiment';
import { openRunStore } from '../run-store';
import { RESULTS } from '../workspace';
import { cellGroups } from './cell-groups';
import { block } from './explain-cell';
import { explainRun, type RunExplanation } from './explain-run';
import { configLines, runLines } from './print-run';
import { recordPlaces } from './record-places';

export interface Asked {
  readonly chosen: Chosen;
  /** All experiments: any may use the run. */
  readonly everyone: Chosen;
  readonly profile: ProfileName;
}

/** A run, and every number, claim and figure that it is behind; plain JSON. */
export interface StoredRunExplanation {
  readonly run: RunExplanation;
  readonly store: string;
  readonly usedBy: readonly { readonly experiment: string; readonly profile: string; readonly addresses: readonly string[] }[];
  /** Papers that could not be looked through. */
  readonly broken: Chosen['broken'];
}

/** @throws HypersphereError (usage) if no store has the run, or only a damaged record of it */
export function explainStoredRun(id: string, { chosen, everyone, profile }: Asked): StoredRunExplanation {
  const found = [profile, 'search', ...PROFILE_NAMES].map((store) => ({ store, places: recordPlaces(id, store) })).find(({ places }) => places.length > 0);
  if (found === undefined) throw notFound(id, [profile, 'search']);
  const { store, places } = found;
  // Searches are planned from the profile that was asked for.
  const plan = PROFILE_NAMES.find((name) => name === store) ?? profile;
  const home = homeOf(chosen, everyone, places.map(({ paper }) => paper));
  const [place] = places;
  // Another paper's copy may be sound while the one of the paper that was asked is not.
  const damage = chosen.loaded.flatMap(({ experiment }) => openRunStore(experiment.id, store).survey().damaged).find((one) => one.id === id);
  if (home === undefined && damage !== undefined) throw edited(id, damage);
  if (home === undefined || place === undefined) throw new HypersphereError(`run ${id} is in the store of ${places.map(({ paper }) => paper).join(', ')}, which is no experiment (any more)`);
  const { record } = places.find(({ paper }) => paper === home.experiment.id) ?? place;
  const run = { seed: record.seed, id, record, ...(damage === undefined ? { state: record.status } : { state: 'edited' as const, damage }) };
  return {
    run: explainRun({ variant: record.variants[0] ?? 'no name', run }, { experiment: home.experiment, profile: plan, store }),
    store,
    usedBy: everyone.loaded.flatMap((one) => usesIn(one, id, plan)),
    broken: everyone.broken,
  };
}

/** The paper that was asked, if it has the run; else the first that has. */
function homeOf(chosen: Chosen, everyone: Chosen, papers: readonly string[]): LoadedExperiment | undefined {
  return [...chosen.loaded, ...everyone.loaded].find(({ experiment }) => papers.includes(experiment.id));
}

function usesIn(loaded: LoadedExperiment, id: string, profile: ProfileName): StoredRunExplanation['usedBy'] {
  const cells = cellGroups(loaded, profile).flatMap((group) => group.cells());
  const addresses = cells.filter(({ runs }) => runs.some(({ run }) => run.id === id)).map(({ address }) => address);
  return addresses.length === 0 ? [] : [{ experiment: loaded.experiment.id, profile, addresses }];
}

function notFound(id: string, stores: readonly string[]): HypersphereError {
  const papers = existsSync(RESULTS) ? readdirSync(RESULTS) : [];
  const surveys = papers.flatMap((paper) => stores.map((store) => openRunStore(paper, store).survey()));
  const damage = surveys.flatMap(({ damaged }) => damaged).find((one) => one.id === id);
  if (damage !== undefined) return edited(id, damage);
  const known = surveys.flatMap(({ records }) => [...records.keys()]);
  const hint = known.length === 0 ? 'nothing is stored' : `the nearest that is stored is ${closest(id, known)}`;
  return new HypersphereError(`--run: no record of a run '${id}' in ${stores.join(' or ')}; ${hint}`, { exitCode: 2 });
}

const edited = (id: string, { message }: Damaged): HypersphereError => new HypersphereError(`run ${id}: edited\n${message}`);

export function storedRunText({ run, store, usedBy, broken }: StoredRunExplanation): string {
  const uses = usedBy.flatMap(({ experiment, addresses }) => addresses.map((address) => [experiment, address] as const));
  return [
    `Run ${run.id} (${run.variant}, seed ${run.seed}), ${store}: ${run.state}`,
    block(runLines(run)),
    `Config ${run.configDigest ?? ''}\n${block(configLines(run))}`,
    uses.length === 0 ? 'Used by nothing that a report shows.' : `Used by\n${block(uses)}`,
    ...(broken.length === 0 ? [] : [`Not looked through: ${broken.map(({ id, message }) => `${id} (${message})`).join('; ')}`]),
  ].join('\n\n') + '\n';
}
