import type * as tf from '@tensorflow/tfjs';

import type { OptimiserConfig } from '../config';
import { adamUpdate } from './adam-update';
import { momentumUpdate } from './momentum-update';

export { adamUpdate, type AdamInputs, type AdamOptions } from './adam-update';
export { momentumUpdate, type MomentumInputs, type MomentumOptions } from './momentum-update';

export type Slots = Readonly<Record<string, tf.Tensor1D>>;

export interface UpdateInputs {
  readonly parameters: tf.Tensor1D;
  readonly gradient: tf.Tensor1D;
  readonly slots: Slots;
  readonly learningRate: tf.Scalar;
  /** Step of the training, from 1. */
  readonly step: tf.Scalar;
}

/** One optimiser: the vectors that it carries from step to step, and its update. */
export interface Optimiser {
  readonly slots: readonly string[];
  /** Weight decay shrinks the parameters beside the update (AdamW) instead of joining the gradient. */
  readonly decoupledDecay: boolean;
  readonly update: (inputs: UpdateInputs) => { parameters: tf.Tensor1D; slots: Slots };
}

/** The optimiser of a config, with defaults filled in. */
export function makeOptimiser(config: OptimiserConfig): Optimiser {
  if (config.name === 'sgd') {
    const { momentum = 0.9, nesterov = false } = config;
    return {
      slots: ['velocity'],
      decoupledDecay: false,
      update: ({ slots, ...inputs }) => {
        const [parameters, velocity] = momentumUpdate({ ...inputs, velocity: slotOf(slots, 'velocity') }, { momentum, nesterov });
        return { parameters, slots: { velocity } };
      },
    };
  }
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = config;
  return {
    slots: ['first', 'second'],
    decoupledDecay: config.name === 'adamw',
    update: ({ slots, ...inputs }) => {
      const moments = { first: slotOf(slots, 'first'), second: slotOf(slots, 'second') };
      const [parameters, first, second] = adamUpdate({ ...inputs, ...moments }, { beta1, beta2, epsilon });
      return { parameters, slots: { first, second } };
    },
  };
}

function slotOf(slots: Slots, name: string): tf.Tensor1D {
  const slot = slots[name];
  if (slot === undefined) throw new RangeError(`optimiser: slot '${name}' is missing; got ${Object.keys(slots).join(', ') || 'none'}`);
  return slot;
}
