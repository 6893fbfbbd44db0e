import * as tf from '@tensorflow/tfjs';

import { checkEmbedded } from '../checks';
import type { LossOutput } from '../loss-output';
import { pairMasks } from '../math/batch-hard';
import { dividedSums, type TermReduction } from '../math/reduced-terms';
import { hingeSums, softplusSums } from '../math/triplet-sums';
import { tripletDistances, type TripletDistance } from '../math/triplet-distances';
import { defineLoss } from '../loss-entry';
import { choice, flag, number, type SpecsFor } from '../options/option-specs';

export interface TripletAllOptions {
  /** `hinge`: max(0, D_ap - D_an + margin). `soft`: log(1 + e^{D_ap - D_an}). */
  readonly form?: 'hinge' | 'soft';
  /** Margin of the hinge, in units of the distance, >= 0. Paper: 0.1 to 1. Not used by `soft`. */
  readonly margin?: number;
  /** `euclidean`: |a - b|, as the paper recommends. `squared`: |a - b|^2. */
  readonly distance?: TripletDistance;
  /** Whether rows are brought to length 1 first. Paper: false. */
  readonly normalise?: boolean;
  /** Mean over all triplets, over those above 0 (the paper's better "batch all, not 0"), or the sum of its eq. 6. */
  readonly reduction?: TermReduction;
}

/**
 * Batch-all triplet loss: every anchor with each of its positives and each of its negatives.
 *
 *     L = 1/T sum_a sum_{p != a, y_p = y_a} sum_{n, y_n != y_a} [ m + D(a, p) - D(a, n) ]_+
 *
 * Hinges are summed by sorting distances, in memory of `[n, n]`; the terms of `soft` stand in `[n, n, n]`, 8 MB for 128
 * rows. Which terms are above 0 is stopped where they are counted; the hinge has slope 0 at 0. Without a triplet the loss is 0, its gradient too; equal embeddings give the margin (`soft`: log 2)
 * with gradient 0.
 *
 * @param embeddings float32 `[n, d]`
 * @param labels int32 `[n]`, any values
 * @returns `loss` in units of the distance; `perAnchor` `[n]`, n times each anchor's part, so that their mean is the loss
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Hermans et al., In Defense of the Triplet Loss, eq. 6, https://arxiv.org/abs/1703.07737
 */
export function tripletAll(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  { form = 'hinge', margin = 0.2, distance = 'euclidean', normalise = false, reduction = 'mean' }: TripletAllOptions = {},
): LossOutput {
  checkEmbedded('tripletAll', embeddings, labels);
  return tf.tidy(() => {
    const { positive, negative } = pairMasks(labels);
    const apart = tripletDistances(embeddings, distance, normalise); // [n, n]
    const reach = form === 'soft' ? apart : tf.add<tf.Tensor2D>(apart, margin);
    const sumsOf = form === 'soft' ? softplusSums : hingeSums;
    const { sums, above } = sumsOf(reach, apart, { positive, negative }); // [n] each
    const triplets = tf.mul(tf.sum(positive, 1), tf.sum(negative, 1)); // [n]
    return dividedSums(sums, { mean: tf.sum<tf.Scalar>(triplets), nonZero: tf.sum<tf.Scalar>(above), sum: tf.scalar(1) }[reduction]);
  });
}

export const tripletAllEntry = defineLoss({
  options: {
    form: choice(['hinge', 'soft'], { default: 'hinge', describe: 'hinge with a margin, or softplus' }),
    margin: number({ default: 0.2, atLeast: 0, describe: 'margin of the hinge, in units of the distance' }),
    distance: choice(['euclidean', 'squared'], { default: 'euclidean', describe: 'plain or squared distance' }),
    normalise: flag({ default: false, describe: 'bring embeddings to length 1 first' }),
    reduction: choice(['mean', 'nonZero', 'sum'], { default: 'mean', describe: 'mean of all terms, of those above 0, or sum' }),
  } satisfies SpecsFor<TripletAllOptions>,
  uses: 'pairs',
  parameters: () => ({}),
  apply: ({ embeddings, labels, options }) => tripletAll(embeddings, labels, options),
});
