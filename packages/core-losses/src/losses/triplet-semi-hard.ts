import * as tf from '@tensorflow/tfjs';

import { checkEmbedded } from '../checks';
import type { LossOutput } from '../loss-output';
import { pairMasks } from '../math/batch-hard';
import { reducedTerms, type TermReduction } from '../math/reduced-terms';
import { nearestBeyond, withinMargin } from '../math/semi-hard';
import { tripletDistances, type TripletDistance } from '../math/triplet-distances';
import { defineLoss } from '../loss-entry';
import { choice, flag, number, type SpecsFor } from '../options/option-specs';

export interface TripletSemiHardOptions {
  /** Margin `alpha`, in units of the distance, > 0. Paper: 0.2. TensorFlow's version: 1. */
  readonly margin?: number;
  /**
   * `nearest`: for each anchor and positive the nearest negative beyond the positive, else the farthest negative
   * (TensorFlow's version). `all`: every negative beyond the positive by no more than the margin (pytorch-metric-learning).
   */
  readonly mining?: 'nearest' | 'all';
  /** `squared`: |a - b|^2, as the paper. `euclidean`: |a - b|. */
  readonly distance?: TripletDistance;
  /** Whether rows are brought to length 1 first. Paper: true. */
  readonly normalise?: boolean;
  /** Mean over the triplets that are chosen, over those of them above 0, or the paper's sum. */
  readonly reduction?: TermReduction;
}

/**
 * Triplet loss with semi-hard negatives: farther from the anchor than the positive, yet near.
 *
 *     L = 1/T sum_{(a, p)} [ alpha + D(a, p) - D(a, n(a, p)) ]_+,   n(a, p) = argmin_{n: D(a, n) > D(a, p)} D(a, n)
 *
 * The paper leaves the reduction and the choice among semi-hard negatives open; the defaults are TensorFlow's. Which
 * negatives are chosen is stopped; the hinge has slope 0 at 0. The comparison stands in `[n, n, n]`, 8 MB for 128 rows.
 * Without positives or without negatives the loss is 0, its gradient too. Equal embeddings give the margin with gradient
 * 0, or with `all` 0, unless rounding sets them apart.
 *
 * @param embeddings float32 `[n, d]`
 * @param labels int32 `[n]`, any values
 * @returns `loss` in units of the distance; `perAnchor` `[n]`, n times each anchor's part, so that their mean is the loss
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Schroff et al., FaceNet, section 3.2, https://arxiv.org/abs/1503.03832; https://www.tensorflow.org/addons/api_docs/python/tfa/losses/TripletSemiHardLoss
 */
export function tripletSemiHard(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  { margin = 0.2, mining = 'nearest', distance = 'squared', normalise = true, reduction = 'mean' }: TripletSemiHardOptions = {},
): LossOutput {
  checkEmbedded('tripletSemiHard', embeddings, labels);
  return tf.tidy(() => {
    const masks = pairMasks(labels);
    const apart = tripletDistances(embeddings, distance, normalise); // [n, n]
    const gap = tf.sub<tf.Tensor3D>(tf.expandDims(apart, 1), tf.expandDims(apart, 2)); // [a, p, n]
    const triplets = tf.mul(tf.expandDims(masks.positive, 2), tf.expandDims(masks.negative, 1)); // [a, p, n]
    const chosen = tf.mul(triplets, mining === 'nearest' ? nearestBeyond(apart, masks) : withinMargin(gap, margin));
    return reducedTerms(tf.mul(chosen, tf.relu(tf.sub(margin, gap))), chosen, reduction);
  });
}

export const tripletSemiHardEntry = defineLoss({
  options: {
    margin: number({ default: 0.2, above: 0, describe: 'margin alpha, in units of the distance' }),
    mining: choice(['nearest', 'all'], { default: 'nearest', describe: 'one negative beyond each positive, or all within the margin' }),
    distance: choice(['squared', 'euclidean'], { default: 'squared', describe: 'squared or plain distance' }),
    normalise: flag({ default: true, describe: 'bring embeddings to length 1 first' }),
    reduction: choice(['mean', 'nonZero', 'sum'], { default: 'mean', describe: 'mean of all terms, of those above 0, or sum' }),
  } satisfies SpecsFor<TripletSemiHardOptions>,
  uses: 'pairs',
  parameters: () => ({}),
  apply: ({ embeddings, labels, options }) => tripletSemiHard(embeddings, labels, options),
});
