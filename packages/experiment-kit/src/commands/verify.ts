import { HypersphereError } from '@hypersphere/engine';

import { named } from '../choose-experiments';
import type { ProfileName } from '../define-experiment';
import { reportFailures } from '../failures';
import { INTERRUPTED, interruption } from '../interruption';
import { experimentIds, loadExperiment } from '../load-experiment';
import { print } from '../print';
import { namedRun, sampleRuns, storedRuns, type Stored } from '../verify/sample-runs';
import { trainAgain } from '../verify/train-again';
import { largestDifferences, verdictOf, verdictTable } from '../verify/verdict';

export interface VerifyOptions {
  readonly all?: boolean;
  readonly profile: ProfileName;
  readonly search?: boolean;
  readonly runs: number;
  readonly seed: number;
  readonly run?: string;
  readonly jobs?: number;
  readonly threads?: number;
}

/** `<paper>:verify`: trains a random sample of the stored runs again, apart from the store, and compares every number. */
export async function verify(id: string | undefined, options: VerifyOptions): Promise<number> {
  const papers = papersOf(id, options.all);
  const store = options.search === true ? 'search' : options.profile;
  const where = `${papers.length === 1 ? (papers[0] ?? '') : 'all papers'}, ${store}`;
  const stored = storedRuns(papers, store);
  const edited = stored.damaged.map(({ paper, message }) => ({ id: paper, message }));
  const sample = options.run === undefined ? sampleRuns(stored.runs, options.runs, options.seed) : [namedRun(stored, options.run, where)];
  if (sample.length === 0) return reportFailures([...edited, nothing(stored, where)]);
  const of = options.run === undefined ? `, drawn with seed ${options.seed}` : '';
  print(`${where}: ${sample.length} of ${stored.runs.length} stored runs${of}, to be trained again apart from the store.${leftOut(stored)}`);
  const signal = interruption();
  const trained = await trainAgain(sample, { ...options, store, signal });
  if (signal.aborted) {
    print('Interrupted: nothing was compared, and nothing stored was touched; the same command starts again.');
    return INTERRUPTED;
  }
  const verdicts = trained.map(verdictOf);
  print(`\n${verdictTable(verdicts)}`);
  const largest = largestDifferences(verdicts);
  if (largest !== '') print(`\n${largest}`);
  const different = verdicts.flatMap(({ failure, name }) => (failure === undefined ? [] : [{ id: name, message: failure }]));
  return reportFailures([...edited, ...different]);
}

function papersOf(id: string | undefined, all: boolean | undefined): readonly string[] {
  if (all !== true) return [loadExperiment(named(id, '; or give --all')).experiment.id];
  if (id !== undefined) throw new HypersphereError(`give either an experiment ('${id}') or --all`, { exitCode: 2 });
  return experimentIds();
}

/** Nothing that was compared is no success. */
const nothing = (stored: Stored, where: string): { id: string; message: string } => ({ id: where, message: `no stored run to train again.${leftOut(stored)} The target reproduce trains some` });

function leftOut({ stale, failed, damaged }: Stored): string {
  const parts = [
    ...(stale > 0 ? [`${stale} stale (code, data or config changed since)`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(damaged.length > 0 ? [`${damaged.length} edited`] : []),
  ];
  return parts.length === 0 ? '' : ` Left out: ${parts.join(', ')}.`;
}
