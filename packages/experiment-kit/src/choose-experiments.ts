import { HypersphereError } from '@hypersphere/engine';

import { describeError } from './describe-error';
import { experimentIds, loadExperiment, type LoadedExperiment } from './load-experiment';

export interface Chosen {
  readonly loaded: readonly LoadedExperiment[];
  /** Experiments that could not even be loaded; the others still run. */
  readonly broken: readonly Broken[];
}

export interface Broken {
  readonly id: string;
  readonly message: string;
}

/** One experiment by name, or with `all` every one; a broken one among all is named, not fatal. */
export function chooseExperiments(id: string | undefined, all: boolean | undefined): Chosen {
  if (id !== undefined && all === true) throw new HypersphereError(`give either an experiment ('${id}') or --all`, { exitCode: 2 });
  if (all !== true) return { loaded: [loadExperiment(named(id, '; or give --all'))], broken: [] };
  return eachOf(experimentIds().map((one) => ({ id: one, make: () => loadExperiment(one) })));
}

/** The experiment's name, which must be given. */
export function named(id: string | undefined, otherwise = ''): string {
  if (id === undefined) throw new HypersphereError(`name an experiment: ${experimentIds().join(', ')}${otherwise}`, { exitCode: 2 });
  return id;
}

/** Those of the experiments for which `check` does not throw; the others by name, with the reason. */
export function soundOnes(chosen: Chosen, check: (one: LoadedExperiment) => unknown): Chosen {
  const sound = eachOf(chosen.loaded.map((one) => ({ id: one.experiment.id, make: () => (check(one), one) })));
  return { loaded: sound.loaded, broken: [...chosen.broken, ...sound.broken] };
}

function eachOf(parts: readonly { readonly id: string; readonly make: () => LoadedExperiment }[]): Chosen {
  const loaded: LoadedExperiment[] = [];
  const broken: Broken[] = [];
  for (const { id, make } of parts) {
    try {
      loaded.push(make());
    } catch (error) {
      broken.push({ id, message: describeError(error) });
    }
  }
  return { loaded, broken };
}
