import * as tf from '@tensorflow/tfjs';

import { masked } from './masked';

/** Its exponential is 0 beside any score above -1e3. */
const NEVER = -1e4;

/**
 * Softmax of each row over the entries that the mask leaves.
 *
 * @param scores float32 `[n, m]`
 * @param mask float32 `[n, m]`, 1 for scores that count, else 0; no gradient
 * @returns float32 `[n, m]`, rows of sum 1; zeros where the mask leaves none
 */
export function maskedSoftmax(scores: tf.Tensor2D, mask: tf.Tensor2D): tf.Tensor2D {
  return tf.mul(mask, tf.softmax(masked(scores, mask, NEVER)));
}
