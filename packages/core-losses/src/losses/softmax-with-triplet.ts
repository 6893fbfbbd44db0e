import * as tf from '@tensorflow/tfjs';

import { checkClassified } from '../checks';
import type { LossOutput } from '../loss-output';
import { pairMasks } from '../math/batch-hard';
import { defineLoss } from '../loss-entry';
import { choice, flag, number, type SpecsFor } from '../options/option-specs';
import { centerLossEntry } from './center-loss';
import { classifierRows } from './softmax';
import { softmaxWithCenter, type SoftmaxWithCenterOptions } from './softmax-with-center';
import { tripletBatchHard } from './triplet-batch-hard';

export interface SoftmaxWithTripletOptions extends Omit<SoftmaxWithCenterOptions, 'weight'> {
  /** Share of the target spread evenly over all c classes; in [0, 1). Paper: 0.1. */
  readonly labelSmoothing?: number;
  /** `hinge` with a margin (paper), or `soft`: log(1 + e^{D_ap - D_an}). */
  readonly form?: 'hinge' | 'soft';
  /** Margin of the hinge, a distance, >= 0. Paper: 0.3. Not used by `soft`. */
  readonly margin?: number;
  /** Whether the triplets see rows of length 1. Paper: false. */
  readonly normaliseTriplets?: boolean;
  /** Weight of the triplet loss, >= 0. Paper: 1. */
  readonly tripletWeight?: number;
  /** Weight `beta` of the centre loss, >= 0. Paper: 0 in its baseline, 0.0005 with all of its tricks. */
  readonly centreWeight?: number;
  /** Centre loss as half squared distances summed over the batch (paper), or their mean. */
  readonly reduction?: 'sum' | 'mean';
}

/**
 * Softmax cross-entropy of identities joined with the batch-hard triplet loss, as in person re-identification.
 *
 *     L = L_softmax + w L_triplet + beta L_center
 *
 * The parts are `softmax` with smoothed labels, `tripletBatchHard` and `centerLoss`, with what each says of batches
 * without positives, with one class or with equal embeddings, and of what it stops: the triplet part is 0 where no anchor
 * has both a positive and a negative. The paper puts a batch normalisation between the triplets' embedding and the
 * classifier's; here both see the same one.
 *
 * @param embeddings float32 `[n, d]`
 * @param labels int32 `[n]`, values in `[0, c)`
 * @param prototypes float32 `[c, d]`, the classifier's weights W
 * @returns `loss`; `perAnchor` `[n]`, whose mean it is; `state.centres` `[c, d]`
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Luo et al., Bag of Tricks and a Strong Baseline for Deep Person Re-identification, CVPR Workshops 2019, https://arxiv.org/abs/1903.07071
 */
export function softmaxWithTriplet(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  prototypes: tf.Tensor2D,
  options: SoftmaxWithTripletOptions,
): LossOutput {
  const { form = 'hinge', margin = 0.3, normaliseTriplets = false, tripletWeight = 1, centreWeight = 0 } = options;
  const { bias, centres, labelSmoothing = 0.1, alpha, reduction = 'sum' } = options;
  checkClassified('softmaxWithTriplet', embeddings, labels, prototypes);
  checkClassified('softmaxWithTriplet', embeddings, labels, centres, { called: 'centres' });
  return tf.tidy(() => {
    const classified = softmaxWithCenter(embeddings, labels, prototypes, { bias, centres, labelSmoothing, alpha, reduction, weight: centreWeight });
    const triplets = tripletBatchHard(embeddings, labels, { form, margin, normalise: normaliseTriplets });
    // the triplets' mean is over anchors that have both, `perAnchor`'s over all
    const share = tf.div(labels.shape[0], tf.maximum(tf.sum(pairMasks(labels).counts), 1));
    return {
      loss: tf.add<tf.Scalar>(classified.loss, tf.mul(tripletWeight, triplets.loss)),
      perAnchor: tf.add<tf.Tensor1D>(classified.perAnchor, tf.mul(tf.mul(tripletWeight, share), triplets.perAnchor)),
      state: classified.state,
    };
  });
}

export const softmaxWithTripletEntry = defineLoss({
  options: {
    labelSmoothing: number({ default: 0.1, atLeast: 0, below: 1, describe: 'share of the target spread over all classes' }),
    form: choice(['hinge', 'soft'], { default: 'hinge', describe: 'triplets with a margin, or softplus' }),
    margin: number({ default: 0.3, atLeast: 0, describe: 'margin of the hinge, a distance' }),
    normaliseTriplets: flag({ default: false, describe: 'bring embeddings to length 1 for the triplets' }),
    tripletWeight: number({ default: 1, atLeast: 0, describe: 'weight of the triplet loss' }),
    centreWeight: number({ default: 0, atLeast: 0, describe: 'weight beta of the centre loss' }),
    alpha: centerLossEntry.options.alpha,
    reduction: choice(['sum', 'mean'], { default: 'sum', describe: 'half squared distances to centres summed or averaged' }),
  } satisfies SpecsFor<Omit<SoftmaxWithTripletOptions, 'bias' | 'centres'>>,
  uses: 'pairs',
  parameters: (classes, dim) => classifierRows(classes, dim),
  state: (classes, dim) => ({ centres: { shape: [classes, dim], initial: 'xavierUniform', decay: false } }),
  apply: ({ embeddings, labels, parameters, state, options }) =>
    softmaxWithTriplet(embeddings, labels, parameters.prototypes as tf.Tensor2D, {
      ...options,
      bias: parameters.bias as tf.Tensor1D,
      centres: state.centres as tf.Tensor2D,
    }),
});
