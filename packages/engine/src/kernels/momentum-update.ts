import * as tf from '@tensorflow/tfjs';

import { NATIVE, run } from './raw';

interface Attributes {
  readonly momentum: number;
  readonly nesterov: boolean;
}
type Inputs = Record<'parameters' | 'gradient' | 'velocity' | 'learningRate', tf.Tensor>;

/**
 * One step of SGD with momentum on flat vectors `[p]`, as `[parameters', velocity']`:
 *
 *     v' = momentum * v + g
 *     p' = p - learningRate * (nesterov ? g + momentum * v' : v')
 *
 * Four calls. `ResourceApplyMomentum` on a temporary resource needs nine and copies: no faster at 1e5 or 1e6 values.
 */
const kernel: tf.KernelConfig = {
  kernelName: 'MomentumUpdate',
  backendName: NATIVE,
  kernelFunc: ({ inputs, attrs }) => {
    const { parameters, gradient, velocity, learningRate } = inputs as Inputs;
    const { momentum, nesterov } = attrs as unknown as Attributes;
    const decay = tf.scalar(momentum);
    const decayed = (v: tf.Tensor) => consuming([run('Mul', [v, decay])], (product) => run('AddV2', [product, gradient]));
    const next = decayed(velocity);
    const direction = nesterov ? decayed(next) : next;
    const moved = consuming([run('Mul', [direction, learningRate])], (step) => run('Sub', [parameters, step]));
    tf.dispose(nesterov ? [decay, direction] : decay);
    return [moved, next];
  },
};

/** Frees the intermediate at once, so that the next op finds its memory still in the cache of the processor. */
function consuming([intermediate]: [tf.Tensor], use: (intermediate: tf.Tensor) => tf.Tensor): tf.Tensor {
  const result = use(intermediate);
  intermediate.dispose();
  return result;
}

export const momentumUpdate = { kernels: [kernel], gradients: [] };
