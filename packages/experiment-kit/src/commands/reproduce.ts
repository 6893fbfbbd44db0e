import { chooseExperiments, soundOnes, type Chosen } from '../choose-experiments';
import { withVariants } from '../choose-variants';
import type { ProfileName } from '../define-experiment';
import { printEstimate } from '../estimate';
import { failedRuns, reportFailures } from '../failures';
import { howToResume } from '../how-to-resume';
import { INTERRUPTED, interruption } from '../interruption';
import { copyShared, lacking } from '../lacking';
import type { LoadedExperiment } from '../load-experiment';
import { mergeRuns, planExperiment, type PlannedRun } from '../plan';
import { print } from '../print';
import { checkWritable, openRunStore } from '../run-store';
import { reportAll } from './report';
import { trainPlan } from './train-plan';

export interface ReproduceOptions {
  readonly all?: boolean;
  readonly profile: ProfileName;
  readonly seeds?: readonly number[];
  readonly only?: readonly string[];
  readonly jobs?: number;
  readonly dryRun?: boolean;
  readonly fresh?: boolean;
}

/** `<paper>:reproduce` and `experiment:reproduce`: plan, train what is lacking, evaluate, report, summarise. */
export async function reproduce(id: string | undefined, options: ReproduceOptions): Promise<number> {
  const { loaded, runs, broken } = planAll(chooseExperiments(id, options.all), options);
  if (options.dryRun === true) {
    await printEstimate([{ store: options.profile, runs }], options, print);
    return reportFailures(broken);
  }
  const signal = interruption();
  for (const { experiment } of loaded) await checkWritable(experiment.id, options.profile);
  const plan = lacking(runs, options.profile, options.fresh);
  print(`${options.profile}: ${runs.length} runs planned, ${runs.length - plan.missing.length} stored, ${plan.missing.length} to train.`);
  await copyShared(plan, options.profile);
  const outcomes = await trainPlan(plan.missing, { ...options, signal });
  if (signal.aborted) {
    print(`Interrupted: everything up to the last step is saved; ${howToResume(options.fresh)}.`);
    return INTERRUPTED;
  }
  return reportFailures([...broken, ...failedRuns(outcomes), ...(await reportAll({ loaded, broken }, options))]);
}

/** The runs of all chosen experiments; one whose plan or store is refused is named, and the others still run. */
function planAll(chosen: Chosen, options: ReproduceOptions): Chosen & { readonly runs: readonly PlannedRun[] } {
  const only = options.only === undefined ? undefined : withVariants(chosen.loaded.map(({ experiment }) => experiment), options.only);
  const asked = { ...chosen, loaded: chosen.loaded.filter((one) => only?.some(({ experiment }) => experiment === one.experiment) ?? true) };
  const plan = ({ experiment }: LoadedExperiment) =>
    planExperiment(experiment, { ...options, only: only?.find((one) => one.experiment === experiment)?.only });
  // One experiment alone: its error is the answer.
  if (options.all !== true) return { ...asked, runs: mergeRuns(asked.loaded.flatMap(plan)) };
  const sound = soundOnes(asked, (one) => [plan(one), openRunStore(one.experiment.id, options.profile).read()]);
  return { ...sound, runs: mergeRuns(sound.loaded.flatMap(plan)) };
}
