import * as tf from '@tensorflow/tfjs';

import { NATIVE, run, runAndFree } from './raw';

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
 * Four calls. TensorFlow's `ResourceApplyMomentum` on a temporary resource needs nine and copies: no faster at 1e5 or 1e6 values.
 */
const kernel: tf.KernelConfig = {
  kernelName: 'MomentumUpdate',
  backendName: NATIVE,
  kernelFunc: ({ inputs, attrs }) => {
    const { parameters, gradient, velocity, learningRate } = inputs as Inputs;
    const { momentum, nesterov } = attrs as unknown as Attributes;
    const decay = tf.scalar(momentum);
    const decayed = (v: tf.Tensor) => {
      const product = run('Mul', [v, decay]);
      return runAndFree('AddV2', [product, gradient], product);
    };
    const next = decayed(velocity);
    const direction = nesterov ? decayed(next) : next;
    const change = run('Mul', [direction, learningRate]);
    const moved = runAndFree('Sub', [parameters, change], change);
    tf.dispose(nesterov ? [decay, direction] : decay);
    return [moved, next];
  },
};

export const momentumUpdate = { kernels: [kernel], gradients: [] };
