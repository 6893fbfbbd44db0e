import { areRows, type LoadedExamples } from '@hypersphere/data';
import type { TrainOptions, TrainResult } from '@hypersphere/training';

import { measureAuthorship, measureAuthorshipSummary } from './measure-authorship';
import { measureProbe } from './measure-probe';
import { measureOpenSetSummary, measureRun, type Measured } from './measure-run';
import type { PlannedRun } from './plan';
import type { EvaluationConfig } from './run-config';

/** All metrics of a trained run, once, from its last step, by the kind of its evaluation. */
export async function measure(trained: TrainResult, data: LoadedExamples, run: PlannedRun): Promise<Measured> {
  if (areRows(data)) return measureAuthorship(trained, data, run);
  return run.config.evaluation.kind === 'probe' ? measureProbe(trained, data, run) : measureRun(trained, data, run);
}

/** What the learning curve shows of the validation split, for kinds of evaluation that have a curve. */
export function curveMeasure(data: LoadedExamples, evaluation: EvaluationConfig): Pick<TrainOptions, 'validation'> {
  const points = evaluation.validationPoints;
  if (areRows(data)) return { validation: { points, measure: (at) => measureAuthorshipSummary(at, data.validation) } };
  return evaluation.kind === 'open-set' ? { validation: { points, measure: (at) => measureOpenSetSummary(at, data.validation) } } : {};
}
