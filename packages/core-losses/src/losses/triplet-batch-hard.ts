import * as tf from '@tensorflow/tfjs';

import { checkEmbedded } from '../checks';
import type { LossOutput } from '../loss-output';
import { hardestNegatives, hardestPositives, pairMasks } from '../math/batch-hard';
import { safeAcos } from '../math/safe-acos';
import { unitRows } from '../math/unit-rows';
import { defineLoss } from '../loss-entry';
import { choice, flag, number, type SpecsFor } from '../options/option-specs';

export interface TripletBatchHardOptions {
  /** `hinge`: max(0, D_ap - D_an + margin). `soft`: log(1 + e^{D_ap - D_an}), recommended by the paper. */
  readonly form?: 'hinge' | 'soft';
  /** Margin of the hinge, in units of the distance, >= 0. Paper: 0.1 to 1; ArcFace's row: 0.35 radians. Not used by `soft`. */
  readonly margin?: number;
  /** `euclidean`: |a - b|, not squared. `angular`: radians between a and b. */
  readonly distance?: 'euclidean' | 'angular';
  /** Whether rows are brought to length 1 first. Paper: false. The angular distance does not depend on it. */
  readonly normalise?: boolean;
}

/**
 * Batch-hard triplet loss: each anchor with its farthest positive and its nearest negative in the batch.
 *
 *     L_a = [ m + max_p D(a, p) - min_n D(a, n) ]_+
 *
 * Which positive and negative are hardest is stopped, the first wins a tie; the hinge has slope 0 at 0. An anchor
 * without a positive or without a negative gives 0 and is not counted; without any other the loss is 0, its gradient too.
 *
 * @param embeddings float32 `[n, d]`
 * @param labels int32 `[n]`, any values
 * @returns `loss` the mean over anchors that have both, in units of the distance; `perAnchor` `[n]`
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Hermans et al., In Defense of the Triplet Loss, eq. 5, https://arxiv.org/abs/1703.07737; ArcFace, Table 2, https://arxiv.org/abs/1801.07698
 */
export function tripletBatchHard(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  { form = 'hinge', margin = 0.2, distance = 'euclidean', normalise = false }: TripletBatchHardOptions = {},
): LossOutput {
  checkEmbedded('tripletBatchHard', embeddings, labels);
  return tf.tidy(() => {
    const x = normalise || distance === 'angular' ? unitRows(embeddings) : embeddings;
    const masks = pairMasks(labels);
    const between = distance === 'angular' ? rowAngles : rowDistances;
    const gap = tf.sub<tf.Tensor1D>(between(x, hardestPositives(x, masks)), between(x, hardestNegatives(x, masks))); // [n]
    const term = form === 'soft' ? tf.softplus(gap) : tf.relu(tf.add<tf.Tensor1D>(gap, margin));
    const perAnchor = tf.mul<tf.Tensor1D>(masks.counts, term);
    const counted = tf.maximum(tf.sum(masks.counts), 1);
    return { loss: tf.div<tf.Scalar>(tf.sum(perAnchor), counted), perAnchor };
  });
}

/** Euclidean distance of equal rows; the floor keeps the slope finite at 0. */
function rowDistances(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor1D {
  return tf.sqrt(tf.add(tf.sum<tf.Tensor1D>(tf.square(tf.sub(a, b)), 1), 1e-12));
}

/** Angle of equal unit rows, in radians. */
function rowAngles(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor1D {
  return safeAcos(tf.sum<tf.Tensor1D>(tf.mul(a, b), 1));
}

export const tripletBatchHardEntry = defineLoss({
  options: {
    form: choice(['hinge', 'soft'], { default: 'hinge', describe: 'hinge with a margin, or softplus' }),
    margin: number({ default: 0.2, atLeast: 0, describe: 'margin of the hinge, in units of the distance' }),
    distance: choice(['euclidean', 'angular'], { default: 'euclidean', describe: 'plain distance, or radians' }),
    normalise: flag({ default: false, describe: 'bring embeddings to length 1 first' }),
  } satisfies SpecsFor<TripletBatchHardOptions>,
  uses: 'pairs',
  parameters: () => ({}),
  apply: ({ embeddings, labels, options }) => tripletBatchHard(embeddings, labels, options),
});
