import { variantsOf } from '@hypersphere/evaluation';

import { variantsNamed } from './choose-variants';
import { sectionsOf, type Experiment, type Profile, type ProfileName } from './define-experiment';
import { resolveRunConfig } from './resolve-run-config';
import type { RunConfig } from './run-config';
import { identify, type RunIdentity } from './run-identity';

export interface PlannedRun extends RunIdentity {
  readonly config: RunConfig;
  readonly seed: number;
  /** Who uses it: a run is trained once, and each paper that uses it carries a copy of the record. */
  readonly uses: readonly { readonly paper: string; readonly variants: readonly string[] }[];
}

export interface PlanOptions {
  readonly profile: ProfileName;
  readonly seeds?: readonly number[];
  readonly only?: readonly string[];
}

/** The runs of one experiment, in the order of its variants, seed by seed. */
export function planExperiment(experiment: Experiment, options: PlanOptions): PlannedRun[] {
  const profile = experiment.profiles[options.profile];
  const names = chosenVariants(experiment, profile, options.only);
  const judged = variantsInClaims(experiment);
  const seeds = (name: string) => {
    const figureOnly = profile.once?.includes(name) === true;
    // Seeds asked for by hand are for all; a figure needs one, unless it is named too.
    if (options.seeds !== undefined) return figureOnly && options.only === undefined ? options.seeds.slice(0, 1) : options.seeds;
    if (figureOnly) return profile.seeds.slice(0, 1);
    return judged.has(name) ? profile.seeds : (profile.seedsOfOthers ?? profile.seeds);
  };
  const runs = names.flatMap((name) => {
    const config = configOf(experiment, name, options.profile);
    return seeds(name).map((seed) => ({ ...identify(config, seed), config, seed, uses: [{ paper: experiment.id, variants: [name] }] }));
  });
  return mergeRuns(runs).sort((a, b) => a.seed - b.seed);
}

/** The runs of several experiments; one that several use is planned once. */
export function mergeRuns(runs: readonly PlannedRun[]): PlannedRun[] {
  const merged = new Map<string, PlannedRun>();
  for (const run of runs) {
    const before = merged.get(run.id);
    merged.set(run.id, before === undefined ? run : { ...before, uses: joinUses([...before.uses, ...run.uses]) });
  }
  return [...merged.values()];
}

/** The config of a variant under a profile: whole sections replace each other, nothing merges deep. */
export function configOf(experiment: Experiment, variant: string, profileName: ProfileName): RunConfig {
  const profile = experiment.profiles[profileName];
  const plan = experiment.variants[variant] ?? {};
  const { inPaper, ...sections } = sectionsOf(plan, profile.base);
  const own = profileName === 'paper' ? (inPaper ?? { loss: sections.loss ?? profile.base.loss }) : sections;
  const config = { ...profile.base, ...own };
  return resolveRunConfig(profile.resize?.(config) ?? config, `${experiment.id}/${variant}`);
}

/** Variants that a claim compares; they get the full number of seeds. */
export function variantsInClaims(experiment: Experiment): ReadonlySet<string> {
  return new Set(Object.values(experiment.claims).flatMap((claim) => variantsOf(claim.expect)));
}

function chosenVariants(experiment: Experiment, profile: Profile<string>, only: readonly string[] | undefined): readonly string[] {
  const known = Object.keys(experiment.variants);
  if (only !== undefined) return variantsNamed(only, known, experiment.id);
  return profile.variants === 'all' ? known : [...new Set([...profile.variants, ...(profile.once ?? [])])];
}

function joinUses(uses: PlannedRun['uses']): PlannedRun['uses'] {
  const papers = [...new Set(uses.map((use) => use.paper))];
  return papers.map((paper) => ({
    paper,
    variants: [...new Set(uses.filter((use) => use.paper === paper).flatMap((use) => use.variants))],
  }));
}
