import * as tf from '@tensorflow/tfjs';

/**
 * `f` as a constant: computed in the forward pass, zero gradient, comparisons and argmax allowed inside.
 *
 * @param f maps one tensor to one tensor of any shape
 * @returns a function with the values of `f` through which no gradient passes
 */
export function constantOf<In extends tf.Tensor, Out extends tf.Tensor = In>(f: (x: In) => Out): (x: In) => Out {
  return tf.customGrad<Out>((x) => {
    const { shape } = x as In; // x itself may be disposed of by the time of the gradient
    return { value: f(x as In), gradFunc: () => tf.fill(shape, 0) };
  });
}

/** The values of `x` with zero gradient. */
export function stopGradient<T extends tf.Tensor>(x: T): T {
  return constantOf<T>((value) => tf.clone(value))(x);
}
