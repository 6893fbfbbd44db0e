import * as tf from '@tensorflow/tfjs';

import { spherefacePsi } from './sphereface-psi';

/**
 * The multiplicative margin, mixed with the plain cosine while training is young.
 *
 *     f = (lambda cos + psi(cos)) / (1 + lambda)
 *
 * @param cosine float32 `[n]`, in [-1, 1]
 * @param margin integer m >= 1 of psi
 * @param lambda weight of the plain cosine, a number or float32 scalar, >= 0
 * @returns float32 `[n]`
 * @see https://github.com/wy1iu/LargeMargin_Softmax_Loss, https://github.com/wy1iu/sphereface
 */
export function annealedPsi(cosine: tf.Tensor1D, margin: number, lambda: number | tf.Scalar): tf.Tensor1D {
  return tf.div(tf.add(tf.mul(lambda, cosine), spherefacePsi(cosine, margin)), tf.add(1, lambda));
}
