import { HypersphereError } from '@hypersphere/engine';
import { metricRegistry, type MetricName } from '@hypersphere/evaluation';

import { ablationGrid } from '../ablation-grid';
import { chooseExperiments } from '../choose-experiments';
import type { Vary } from '../cli-options';
import type { Ablation, Experiment, ProfileName } from '../define-experiment';
import { printEstimate } from '../estimate';
import { interruption } from '../interruption';
import { nearest } from '../nearest';
import { configOf, mergeRuns, type PlannedRun } from '../plan';
import { writeAblation, type PlannedPoint } from '../report/write-ablation';
import { identify } from '../run-identity';
import { lacking, print, trainPlan } from './train-plan';

export interface AblateOptions {
  readonly all?: boolean;
  readonly study?: string;
  readonly vary: readonly Vary[];
  readonly from?: string;
  readonly metric?: string;
  readonly profile: ProfileName;
  readonly seeds?: readonly number[];
  readonly jobs?: number;
  readonly dryRun?: boolean;
  readonly fresh?: boolean;
}

interface Study {
  readonly experiment: Experiment;
  readonly name: string;
  readonly ablation: Ablation<string>;
  /** Searches have a store of their own, which is kept whatever the profile. */
  readonly store: string;
  readonly points: readonly PlannedPoint[];
}

/** `<paper>:ablate`: a declared study, or a grid given by hand, with its own table and figure. */
export async function ablate(id: string | undefined, options: AblateOptions): Promise<number> {
  const studies = chooseExperiments(id, options.all)
    .loaded.filter(({ experiment }) => options.all !== true || options.study === undefined || options.study in experiment.ablations)
    .map(({ experiment }) => planStudy(experiment, options));
  if (studies.length === 0) throw new HypersphereError(`no experiment declares the study '${options.study}'`, { exitCode: 2 });
  if (options.dryRun === true) {
    await printEstimate(mergeRuns(studies.flatMap(runsOf)), options, print);
    return 0;
  }
  const signal = interruption();
  let failed = 0;
  for (const study of studies) {
    const runs = mergeRuns(runsOf(study));
    const missing = await lacking(runs, study.store, options.fresh);
    print(`${study.experiment.id} ${study.name}: ${runs.length} runs planned, ${runs.length - missing.length} stored, ${missing.length} to train.`);
    const outcomes = await trainPlan(missing, { ...options, profile: study.store, signal, resume: 'the same command' });
    failed += outcomes.filter(({ status }) => status === 'failed' || status === 'error').length;
    await writeAblation({ ...study, profile: options.profile, print });
    if (signal.aborted) return 130;
  }
  return failed === 0 ? 0 : 1;
}

function planStudy(experiment: Experiment, options: AblateOptions): Study {
  const { name, ablation } = options.study === undefined ? adHoc(experiment, options) : declared(experiment, options.study);
  const from = configOf(experiment, ablation.from, options.profile);
  const search = ablation.search === true;
  const base = search ? { ...from, evaluation: { ...from.evaluation, split: 'validation' as const } } : from;
  const seeds = options.seeds ?? ablation.seeds ?? experiment.profiles[options.profile].seeds;
  const points = ablationGrid(base, ablation.vary).map((point) => ({
    ...point,
    runs: seeds.map((seed): PlannedRun => {
      const uses = [{ paper: experiment.id, variants: [`${ablation.from} ${point.label}`] }];
      return { ...identify(point.config, seed), config: point.config, seed, uses };
    }),
  }));
  return { experiment, name, ablation, points, store: search ? 'search' : options.profile };
}

function declared(experiment: Experiment, name: string): { name: string; ablation: Ablation<string> } {
  const ablation = experiment.ablations[name];
  if (ablation === undefined) throw new HypersphereError(`${experiment.id}: unknown study ${nearest(name, Object.keys(experiment.ablations))}`, { exitCode: 2 });
  return { name, ablation };
}

function adHoc(experiment: Experiment, { vary, from, metric }: AblateOptions): { name: string; ablation: Ablation<string> } {
  if (vary.length === 0) throw new HypersphereError(`give --study NAME (${Object.keys(experiment.ablations).join(', ')}) or --vary PATH=VALUE,VALUE`, { exitCode: 2 });
  const variants = Object.keys(experiment.variants);
  const base = from ?? experiment.main;
  if (!variants.includes(base)) throw new HypersphereError(`${experiment.id}: unknown variant ${nearest(base, variants)}`, { exitCode: 2 });
  const metrics = Object.keys(metricRegistry);
  const name = metric ?? experiment.metrics[0];
  if (!metrics.includes(name)) throw new HypersphereError(`unknown metric ${nearest(name, metrics)}`, { exitCode: 2 });
  const grid = Object.fromEntries(vary.map(({ path, values }) => [path, values]));
  const slug = `${base} ${vary.map(({ path, values }) => `${path}=${values.join('+')}`).join(' ')}`.replaceAll(/[^\w.=+-]+/g, '-');
  return { name: slug, ablation: { says: `${base}, varied by hand`, from: base, vary: grid, metric: name as MetricName } };
}

const runsOf = (study: Study): PlannedRun[] => study.points.flatMap((point) => point.runs);
