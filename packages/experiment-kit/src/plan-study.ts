import { HypersphereError } from '@hypersphere/engine';
import { metricRegistry, type MetricName } from '@hypersphere/evaluation';

import { ablationGrid, type GridPoint } from './ablation-grid';
import { digestOf } from './canonical-json';
import type { Vary } from './cli-options';
import type { Ablation, Experiment, ProfileName } from './define-experiment';
import { nearest } from './nearest';
import { configOf, mergeRuns, type PlannedRun } from './plan';
import type { PlannedPoint } from './report/point-runs';
import type { RunConfig } from './run-config';
import { identify } from './run-identity';

export interface StudyOptions {
  readonly study?: string;
  readonly vary: readonly Vary[];
  readonly from?: string;
  readonly metric?: string;
  readonly profile: ProfileName;
  readonly seeds?: readonly number[];
}

export interface Study {
  readonly experiment: Experiment;
  readonly name: string;
  readonly ablation: Ablation<string>;
  /** Searches have a store of their own, which is kept whatever the profile. */
  readonly store: string;
  readonly points: readonly PlannedPoint[];
}

/**
 * The points and runs of a declared study, or of a grid given by hand.
 *
 * @throws HypersphereError (usage) if the study, a path, a value, the variant or the metric is not known
 */
export function planStudy(experiment: Experiment, options: StudyOptions): Study {
  const { name, ablation } = options.study === undefined ? byHand(experiment, options) : declared(experiment, options.study);
  const search = ablation.search === true;
  const seeds = options.seeds ?? ablation.seeds ?? experiment.profiles[options.profile].seeds;
  const { against } = ablation;
  const other = against === undefined ? undefined : baseOf(against);
  const points = ablationGrid(baseOf(ablation.from), ablation.vary).map((point) => ({
    ...point,
    runs: runsOf(ablation.from, point),
    ...(against !== undefined && other !== undefined && { against: runsOf(against, sharedPoint(other, point)) }),
  }));
  return { experiment, name, ablation, points, store: search ? 'search' : options.profile };

  function baseOf(variant: string): RunConfig {
    const config = configOf(experiment, variant, options.profile);
    return search ? { ...config, evaluation: { ...config.evaluation, split: 'validation' } } : config;
  }

  function runsOf(variant: string, { config, label }: GridPoint): PlannedRun[] {
    const uses = [{ paper: experiment.id, variants: [`${variant} ${label}`] }];
    return seeds.map((seed) => ({ ...identify(config, seed), config, seed, uses }));
  }
}

/** All runs of a study; a run that several points share is planned once. */
export const runsOfStudy = ({ points }: Study): PlannedRun[] => mergeRuns(points.flatMap(({ runs, against = [] }) => [...runs, ...against]));

/** The point in another variant's config: values whose path it does not have are left out. */
function sharedPoint(config: RunConfig, { values }: GridPoint): GridPoint {
  const shared = Object.entries(values).filter(([path]) => hasPath(config, path));
  const [point] = ablationGrid(config, Object.fromEntries(shared.map(([path, value]) => [path, [value]])));
  if (point === undefined) throw new HypersphereError('a grid has at least one point');
  return point;
}

function hasPath(config: RunConfig, path: string): boolean {
  let tree: unknown = config;
  for (const key of path.split('.')) {
    if (typeof tree !== 'object' || tree === null || !Object.hasOwn(tree, key)) return false;
    tree = (tree as Readonly<Record<string, unknown>>)[key];
  }
  return true;
}

function declared(experiment: Experiment, name: string): { name: string; ablation: Ablation<string> } {
  const ablation = Object.hasOwn(experiment.ablations, name) ? experiment.ablations[name] : undefined;
  if (ablation === undefined) throw usage(`${experiment.id}: unknown study ${nearest(name, Object.keys(experiment.ablations))}`);
  return { name, ablation };
}

function byHand(experiment: Experiment, { vary, from, metric }: StudyOptions): { name: string; ablation: Ablation<string> } {
  const variants = Object.keys(experiment.variants);
  const base = from ?? experiment.main;
  if (!variants.includes(base)) throw usage(`${experiment.id}: unknown variant ${nearest(base, variants)}`);
  const metrics = Object.keys(metricRegistry);
  const measured = metric ?? experiment.metrics[0];
  if (!metrics.includes(measured)) throw usage(`unknown metric ${nearest(measured, metrics)}`);
  const grid = Object.fromEntries(vary.map(({ path, values }) => [path, values]));
  return { name: fileName(base, vary), ablation: { says: `${base}, varied by hand`, from: base, vary: grid, metric: measured as MetricName } };
}

/** Longer names are cut: file systems allow 255 bytes, endings and a temporary name included. */
const LONGEST = 120;

function fileName(base: string, vary: readonly Vary[]): string {
  const whole = `${base} ${vary.map(({ path, values }) => `${path}=${values.join('+')}`).join(' ')}`;
  const safe = whole.replaceAll(/[^\w.=+-]+/g, '-');
  return safe.length <= LONGEST ? safe : `${safe.slice(0, LONGEST)}-${digestOf(whole).slice(0, 8)}`;
}

const usage = (message: string): HypersphereError => new HypersphereError(message, { exitCode: 2 });
