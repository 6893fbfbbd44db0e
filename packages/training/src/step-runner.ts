import { record, type Precision } from '@hypersphere/engine/recording';

import { trainingStep, type StepInputs, type StepModel, type StepOutput, type TrainingState } from './step';

/** `recorded`: the step runs as one graph of TensorFlow; `eager`: op by op, on any backend. Their bits differ. */
export type ExecutionMode = 'recorded' | 'eager';

/** How a training's steps are run; all of it decides their bits. */
export interface Execution {
  /** Default: recorded, which needs the native engine. */
  readonly mode: ExecutionMode;
  /** Of the backbone's convolutions and matrix products; the rest, the loss among it, is float32. `bfloat16` needs recorded steps. Default: float32. */
  readonly precision: Precision;
}

export interface StepRunner {
  (state: TrainingState, inputs: StepInputs): StepOutput;
  readonly dispose: () => void;
}

/**
 * `trainingStep` of a model, run as `execution` says.
 *
 * @throws RangeError if eager steps are to be of another precision than float32
 */
export function stepRunner(model: StepModel, { mode, precision }: Execution): StepRunner {
  if (mode === 'eager' && precision !== 'float32') {
    throw new RangeError(`training: precision must be float32 where steps run eagerly, got ${precision}; only a recorded step can be in ${precision}`);
  }
  const step = (state: TrainingState, inputs: StepInputs): StepOutput => trainingStep(model, state, inputs);
  if (mode === 'eager') return Object.assign(step, { dispose: () => undefined });
  return record(step, { constants: model.rule.constants, precision });
}
