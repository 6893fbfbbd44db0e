import * as tf from '@tensorflow/tfjs';

export interface MomentumInputs {
  readonly parameters: tf.Tensor1D;
  readonly gradient: tf.Tensor1D;
  readonly velocity: tf.Tensor1D;
  readonly learningRate: tf.Scalar;
}

export interface MomentumOptions {
  readonly momentum: number;
  readonly nesterov: boolean;
}

/**
 * One update of stochastic gradient descent with momentum, `v' = momentum v + g` and
 * `p' = p - rate (nesterov ? g + momentum v' : v')`.
 *
 * @param inputs float32 `parameters`, `gradient`, `velocity` `[p]`, `learningRate` `[]`
 * @param options `momentum` in [0, 1)
 * @returns new float32 parameters and velocity `[p]`
 * @see https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html
 */
export function momentumUpdate(inputs: MomentumInputs, { momentum, nesterov }: MomentumOptions): [tf.Tensor1D, tf.Tensor1D] {
  if (tf.getKernel('MomentumUpdate', tf.getBackend())) {
    const outputs = tf.engine().runKernel('MomentumUpdate', { ...inputs }, { momentum, nesterov });
    return outputs as [tf.Tensor1D, tf.Tensor1D];
  }
  return tf.tidy(() => {
    const { parameters, gradient, velocity, learningRate } = inputs;
    const newVelocity = tf.add<tf.Tensor1D>(tf.mul(velocity, momentum), gradient);
    const direction = nesterov ? tf.add(gradient, tf.mul(newVelocity, momentum)) : newVelocity;
    return [tf.sub<tf.Tensor1D>(parameters, tf.mul(learningRate, direction)), newVelocity];
  });
}
