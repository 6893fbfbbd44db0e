import * as tf from '@tensorflow/tfjs';

import { checkClassified } from '../checks';
import type { LossOutput } from '../loss-output';
import { defineLoss } from '../loss-entry';
import { choice, number, type SpecsFor } from '../options/option-specs';
import { centerLoss, centerLossEntry, type CenterLossOptions } from './center-loss';
import { softmax, classifierRows, softmaxEntry, type SoftmaxOptions } from './softmax';

export interface SoftmaxWithCenterOptions extends Omit<SoftmaxOptions, 'classBlock'>, CenterLossOptions {
  /** float32 `[c, d]`, the running centres. */
  readonly centres: tf.Tensor2D;
  /** Weight `lambda` of the centre loss, >= 0. Released face example: 0.008 with `mean`; paper: 0.003 with `sum`. */
  readonly weight?: number;
}

/**
 * Softmax cross-entropy plus a weighted centre loss.
 *
 *     L = L_softmax + lambda L_center
 *
 * @param embeddings float32 `[n, d]`
 * @param labels int32 `[n]`, values in `[0, c)`
 * @param prototypes float32 `[c, d]`, the classifier's weights W
 * @returns `loss`, `perAnchor` `[n]` (with `reduction: 'sum'` the centre term counts n times, so that the mean is the loss),
 *   `state.centres` `[c, d]`
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Wen et al., A Discriminative Feature Learning Approach for Deep Face Recognition, ECCV 2016, eq. 5, https://doi.org/10.1007/978-3-319-46478-7_31
 */
export function softmaxWithCenter(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  prototypes: tf.Tensor2D,
  { centres, weight = 0.008, bias, labelSmoothing, alpha, reduction = 'mean' }: SoftmaxWithCenterOptions,
): LossOutput {
  checkClassified('softmaxWithCenter', embeddings, labels, prototypes);
  checkClassified('softmaxWithCenter', embeddings, labels, centres, { called: 'centres' });
  return tf.tidy(() => {
    const classified = softmax(embeddings, labels, prototypes, { bias, labelSmoothing });
    const centred = centerLoss(embeddings, labels, centres, { alpha, reduction });
    const share = reduction === 'mean' ? weight : weight * embeddings.shape[0];
    return {
      loss: tf.add<tf.Scalar>(classified.loss, tf.mul(weight, centred.loss)),
      perAnchor: tf.add<tf.Tensor1D>(classified.perAnchor, tf.mul(share, centred.perAnchor)),
      state: centred.state,
    };
  });
}

export const softmaxWithCenterEntry = defineLoss({
  options: {
    weight: number({ default: 0.008, atLeast: 0, describe: 'weight lambda of the centre loss' }),
    labelSmoothing: softmaxEntry.options.labelSmoothing,
    alpha: centerLossEntry.options.alpha,
    reduction: choice(['mean', 'sum'], { default: 'mean', describe: 'half squared distances averaged or summed' }),
  } satisfies SpecsFor<Omit<SoftmaxWithCenterOptions, 'bias' | 'centres'>>,
  uses: 'prototypes',
  parameters: (classes, dim) => classifierRows(classes, dim),
  state: (classes, dim) => ({ centres: { shape: [classes, dim], initial: 'xavierUniform', decay: false } }),
  apply: ({ embeddings, labels, parameters, state, options }) =>
    softmaxWithCenter(embeddings, labels, parameters.prototypes as tf.Tensor2D, {
      ...options,
      bias: parameters.bias as tf.Tensor1D,
      centres: state.centres as tf.Tensor2D,
    }),
});
