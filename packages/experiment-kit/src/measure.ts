import type { LoadedData } from '@hypersphere/data';
import type { TrainResult } from '@hypersphere/training';

import { measureProbe } from './measure-probe';
import { measureRun, type Measured } from './measure-run';
import type { PlannedRun } from './plan';

/** All metrics of a trained run, once, from its last step, by the kind of its evaluation. */
export async function measure(trained: TrainResult, data: LoadedData, run: PlannedRun): Promise<Measured> {
  return run.config.evaluation.kind === 'probe' ? measureProbe(trained, data, run) : measureRun(trained, data, run);
}
