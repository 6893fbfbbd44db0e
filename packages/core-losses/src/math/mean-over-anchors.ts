import * as tf from '@tensorflow/tfjs';

import type { LossOutput } from '../loss-output';

/** The mean over all anchors, together with the terms it is the mean of. */
export function meanOverAnchors(perAnchor: tf.Tensor1D): LossOutput {
  return { loss: tf.mean<tf.Scalar>(perAnchor), perAnchor };
}
