import { HypersphereError } from '@hypersphere/engine';

import { experimentIds, loadExperiment, type LoadedExperiment } from './load-experiment';

export interface Chosen {
  readonly loaded: readonly LoadedExperiment[];
  /** Experiments that could not even be loaded; the others still run. */
  readonly broken: readonly { readonly id: string; readonly message: string }[];
}

/** One experiment by name, or with `all` every one; a broken one among all is named, not fatal. */
export function chooseExperiments(id: string | undefined, all: boolean | undefined): Chosen {
  if (id !== undefined) return { loaded: [loadExperiment(id)], broken: [] };
  if (all !== true) throw new HypersphereError(`name an experiment: ${experimentIds().join(', ')}; or give --all`, { exitCode: 2 });
  const loaded: LoadedExperiment[] = [];
  const broken: { id: string; message: string }[] = [];
  for (const one of experimentIds()) {
    try {
      loaded.push(loadExperiment(one));
    } catch (error) {
      broken.push({ id: one, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return { loaded, broken };
}
