import { record } from '@hypersphere/engine/recording';

import { trainingStep, type StepInputs, type StepModel, type StepOutput, type TrainingState } from './step';

/** `recorded`: the step runs as one graph of TensorFlow; `eager`: op by op, on any backend. Their bits differ. */
export type ExecutionMode = 'recorded' | 'eager';

export interface StepRunner {
  (state: TrainingState, inputs: StepInputs): StepOutput;
  readonly dispose: () => void;
}

/** `trainingStep` of a model, run as `mode` says. */
export function stepRunner(model: StepModel, mode: ExecutionMode): StepRunner {
  const step = (state: TrainingState, inputs: StepInputs): StepOutput => trainingStep(model, state, inputs);
  if (mode === 'eager') return Object.assign(step, { dispose: () => undefined });
  return record(step, { constants: model.rule.constants });
}
