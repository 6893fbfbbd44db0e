import { HypersphereError } from '@hypersphere/engine';

import { chooseExperiments, type Chosen } from '../choose-experiments';
import { printEstimate } from '../estimate';
import { failedRuns, reportFailures, type Failure } from '../failures';
import { howToResume } from '../how-to-resume';
import { INTERRUPTED, interruption } from '../interruption';
import { copyShared, lacking } from '../lacking';
import { nearest } from '../nearest';
import { planStudy, runsOfStudy, type Study, type StudyOptions } from '../plan-study';
import { print } from '../print';
import { option } from '../provenance/command-words';
import { writeAblation } from '../report/write-ablation';
import { checkWritable } from '../run-store';
import { trainPlan } from './train-plan';

export interface AblateOptions extends StudyOptions {
  readonly all?: boolean;
  readonly jobs?: number;
  readonly dryRun?: boolean;
  readonly fresh?: boolean;
}

/** `<paper>:ablate`: a declared study, or a grid given by hand, with its own table and figure. */
export async function ablate(id: string | undefined, options: AblateOptions): Promise<number> {
  const chosen = chooseExperiments(id, options.all);
  const studies = studiesOf(chosen, options);
  if (options.dryRun === true) {
    await printEstimate(studies.map((study) => ({ store: study.store, runs: runsOfStudy(study) })), options, print);
    return reportFailures(chosen.broken);
  }
  const signal = interruption();
  const failures: Failure[] = [...chosen.broken];
  for (const { experiment, store } of studies) await checkWritable(experiment.id, store);
  for (const study of studies) {
    failures.push(...(await runStudy(study, options, signal)));
    if (signal.aborted) {
      print(`Interrupted: everything up to the last step is saved; ${howToResume(options.fresh)}.`);
      return INTERRUPTED;
    }
  }
  return reportFailures(failures);
}

async function runStudy(study: Study, options: AblateOptions, signal: AbortSignal): Promise<Failure[]> {
  const runs = runsOfStudy(study);
  const plan = lacking(runs, study.store, options.fresh);
  print(`${study.experiment.id} ${study.name}: ${runs.length} runs planned, ${runs.length - plan.missing.length} stored, ${plan.missing.length} to train.`);
  await copyShared(plan, study.store);
  const outcomes = await trainPlan(plan.missing, { ...options, profile: study.store, signal });
  if (signal.aborted) return [];
  await writeAblation({ ...study, profile: options.profile, asked: askedBy(options), print });
  return failedRuns(outcomes);
}

/** The study of each chosen experiment; among all, of those that declare it. */
function studiesOf({ loaded }: Chosen, options: AblateOptions): Study[] {
  const { study, vary, from, metric, all } = options;
  const experiments = loaded.map(({ experiment }) => experiment);
  const known = [...new Set(experiments.flatMap(({ ablations }) => Object.keys(ablations)))];
  if ((study === undefined) === (vary.length === 0)) throw usage(`give either --study NAME (${known.join(', ')}) or --vary PATH=VALUE,VALUE`);
  if (study !== undefined && (from !== undefined || metric !== undefined)) throw usage('--from and --metric go with --vary; a declared study has its own');
  const twice = vary.find(({ path }, at) => vary.findIndex((other) => other.path === path) !== at);
  if (twice !== undefined) throw usage(`--vary ${twice.path}: given twice; put all its values into one`);
  if (all !== true) return experiments.map((experiment) => planStudy(experiment, options));
  if (study !== undefined && !known.includes(study)) throw usage(`no experiment declares the study ${nearest(study, known)}`);
  return experiments.filter(({ ablations }) => study === undefined || Object.hasOwn(ablations, study)).map((experiment) => planStudy(experiment, options));
}

/** The options that `explain` needs to find the same table. */
function askedBy({ vary, from, metric, seeds }: AblateOptions): string[] {
  return [
    ...vary.map(({ path, values }) => option('vary', `${path}=${values.join(',')}`)),
    ...(from === undefined ? [] : [option('from', from)]),
    ...(metric === undefined ? [] : [option('metric', metric)]),
    ...(seeds === undefined ? [] : [option('seeds', seeds.join(','))]),
  ];
}

const usage = (message: string): HypersphereError => new HypersphereError(message, { exitCode: 2 });
