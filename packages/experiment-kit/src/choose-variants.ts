import { HypersphereError } from '@hypersphere/engine';

import type { Experiment } from './define-experiment';
import { nearest } from './nearest';

/**
 * The variants that `--only` names: a name as a whole, since names may contain commas, or several separated by commas.
 *
 * @throws HypersphereError (usage) if a name is not known
 */
export function variantsNamed(given: readonly string[], known: readonly string[], where: string): string[] {
  const names = given.flatMap((text) => (known.includes(text) ? [text] : text.split(',').map((name) => name.trim())));
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new HypersphereError(`${where}: unknown variant ${nearest(unknown, known)}`, { exitCode: 2 });
  return [...new Set(names)];
}

/** The experiments that have any of the variants, each with those that it has. */
export function withVariants(experiments: readonly Experiment[], given: readonly string[]): { experiment: Experiment; only: string[] }[] {
  const known = [...new Set(experiments.flatMap(({ variants }) => Object.keys(variants)))];
  const names = variantsNamed(given, known, experiments.map(({ id }) => id).join(', '));
  return experiments
    .map((experiment) => ({ experiment, only: names.filter((name) => Object.hasOwn(experiment.variants, name)) }))
    .filter(({ only }) => only.length > 0);
}
