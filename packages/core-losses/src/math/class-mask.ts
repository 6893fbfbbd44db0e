import type * as tf from '@tensorflow/tfjs';

import { oneHot } from './one-hot';

/**
 * 1 where the column is the row's own class, 0 elsewhere.
 *
 * @param labels int32 `[n]`
 * @param classes c
 * @returns float32 `[n, c]`; a label outside `[0, c)` gives a row of zeros
 */
export function classMask(labels: tf.Tensor1D, classes: number): tf.Tensor2D {
  return oneHot(labels, classes);
}
