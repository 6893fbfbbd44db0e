import * as tf from '@tensorflow/tfjs';

import { takingPart, type StepInputs } from '../step';
import type { TrainingRun } from '../training-run';
import { firstNonFinite, type NonFinite } from './non-finite';

/** Why a training was stopped as diverged. */
export interface Diagnosis {
  readonly reason: 'non-finite' | 'collapsed';
  /** Step that showed it, counted from 1. */
  readonly step: number;
  readonly loss: number;
  readonly learningRate: number;
  /** The first tensor of that step that was not finite. */
  readonly tensor?: NonFinite;
  /** One sentence with all of this. */
  readonly message: string;
}

/** Replays the step that left the finite numbers and says which tensor was first. */
export function describeDivergence(
  { model, state, step }: Pick<TrainingRun, 'model' | 'state' | 'step'>,
  inputs: StepInputs,
  { loss, gradientNorm }: { readonly loss: number; readonly gradientNorm: number },
): Diagnosis {
  const part = takingPart(model, state, inputs);
  const tensor = firstNonFinite(part.model, part.state, part.inputs);
  if (part.state !== state) tf.dispose([part.state.vector, part.state.slots]);
  const learningRate = inputs.learningRate.dataSync()[0] as number;
  const what =
    tensor === undefined
      ? 'every tensor of the step is finite, but the norm of its gradient is not'
      : `the first tensor that is not finite is the ${tensor.kind} '${tensor.name}' (${tensor.value} first, ${tensor.count} of ${tensor.size} values)`;
  const message = `diverged at step ${step + 1}: loss ${loss}, gradient norm ${gradientNorm}, learning rate ${learningRate}; ${what}`;
  return { reason: 'non-finite', step: step + 1, loss, learningRate, ...(tensor === undefined ? {} : { tensor }), message };
}
