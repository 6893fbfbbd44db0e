import * as tf from '@tensorflow/tfjs';

import { checkClassified } from '../checks';
import type { LossOutput } from '../loss-output';
import { stopGradient } from '../math/constant-of';
import { defineLoss } from '../loss-entry';
import { choice, number, type SpecsFor } from '../options/option-specs';

export interface CenterLossOptions {
  /** Share `alpha` of the way that centres move each step; in [0, 1]. Paper: 0.5. */
  readonly alpha?: number;
  /** `mean`: divided by n, as the released Caffe layer does. `sum`: the paper's eq. 2. Both keep the 1/2. */
  readonly reduction?: 'mean' | 'sum';
}

/**
 * Center loss: squared distance of embeddings to a running centre of their class.
 *
 *     L = 1/(2n) sum_i |x_i - c_{y_i}|^2
 *     c_j <- c_j - alpha sum_{i: y_i = j} (c_j - x_i) / (1 + n_j)
 *
 * State in, state out: `state.centres` are the centres for the next step. They carry no gradient, nothing is
 * normalised, and their update does not depend on the weight that the loss has in a sum.
 *
 * @param embeddings float32 `[n, d]`
 * @param labels int32 `[n]`, values in `[0, c)`
 * @param centres float32 `[c, d]`
 * @returns `loss` in squared units of the embedding, `perAnchor` `[n]` half squared distances, `state.centres` `[c, d]`
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Wen et al., A Discriminative Feature Learning Approach for Deep Face Recognition, ECCV 2016, eqs. 2 to 4, https://doi.org/10.1007/978-3-319-46478-7_31
 */
export function centerLoss(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  centres: tf.Tensor2D,
  { alpha = 0.5, reduction = 'mean' }: CenterLossOptions = {},
): LossOutput {
  checkClassified('centerLoss', embeddings, labels, centres, { called: 'centres' });
  return tf.tidy(() => {
    const own = tf.gather(stopGradient(centres), labels); // [n, d]
    const perAnchor = tf.mul<tf.Tensor1D>(0.5, tf.sum(tf.square(tf.sub(embeddings, own)), 1));
    const loss = reduction === 'mean' ? tf.mean<tf.Scalar>(perAnchor) : tf.sum<tf.Scalar>(perAnchor);
    return { loss, perAnchor, state: { centres: movedCentres(embeddings, labels, centres, alpha) } };
  });
}

function movedCentres(embeddings: tf.Tensor2D, labels: tf.Tensor1D, centres: tf.Tensor2D, alpha: number): tf.Tensor2D {
  const classes = centres.shape[0];
  const sums = tf.unsortedSegmentSum(stopGradient(embeddings), labels, classes); // [c, d]
  const ones = tf.onesLike(tf.cast(labels, 'float32')); // [n]
  const counts = tf.expandDims(tf.unsortedSegmentSum(ones, labels, classes), 1); // [c, 1]
  const pull = tf.div(tf.sub(tf.mul(counts, centres), sums), tf.add(1, counts)); // [c, d]
  return tf.sub(centres, tf.mul(alpha, pull));
}

export const centerLossEntry = defineLoss({
  options: {
    alpha: number({ default: 0.5, atLeast: 0, atMost: 1, describe: 'share of the way that centres move each step' }),
    reduction: choice(['mean', 'sum'], { default: 'mean', describe: 'half squared distances averaged or summed' }),
  } satisfies SpecsFor<CenterLossOptions>,
  uses: 'prototypes',
  parameters: () => ({}),
  state: (classes, dim) => ({ centres: { shape: [classes, dim], initial: 'xavierUniform', decay: false } }),
  apply: ({ embeddings, labels, state, options }) => centerLoss(embeddings, labels, state.centres as tf.Tensor2D, options),
});
