import * as tf from '@tensorflow/tfjs';

import { checkEmbedded } from '../checks';
import type { LossOutput } from '../loss-output';
import { pairMasks } from '../math/batch-hard';
import { constantOf } from '../math/constant-of';
import { cosineMatrix } from '../math/cosine-matrix';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { exactPairDistances } from '../math/pair-distances';
import { sharesOfPairMean } from '../math/pair-means';
import { unitRows } from '../math/unit-rows';
import { defineLoss } from '../loss-entry';
import { choice, flag, number, type SpecsFor } from '../options/option-specs';

export interface ContrastiveOptions {
  /** `squared`: half the square of the hinge, the paper's. `linear`: the hinge itself, as pytorch-metric-learning has it. */
  readonly form?: 'squared' | 'linear';
  /** Distance within which positives rest, in units of the distance, >= 0. Paper: 0. */
  readonly positiveMargin?: number;
  /**
   * Distance beyond which negatives rest, in units of the distance, > 0. Paper: not given; pytorch-metric-learning: 1.
   * Cosine thresholds of 0.5, usual in metric learning, are 0.5 here too, with `distance: 'cosine'`.
   */
  readonly negativeMargin?: number;
  /** `euclidean`: |a - b|, the paper's. `cosine`: 1 - cos, for hinges on the cosine. */
  readonly distance?: 'euclidean' | 'cosine';
  /** Whether rows are brought to length 1 first. Paper: false. The cosine does not depend on it. */
  readonly normalise?: boolean;
  /** `all`: mean over all pairs. `violating`: mean over positives that are too far plus mean over negatives too near. */
  readonly average?: 'all' | 'violating';
}

/**
 * Contrastive loss: positives as near as can be, negatives beyond a margin; the paper's sum over pairs is a mean here.
 *
 *     l_ij = 1/2 [D_ij - m_p]_+^2 for a positive pair,   1/2 [m_n - D_ij]_+^2 for a negative pair
 *
 * Which pairs violate their margin, and so their number, is stopped; the hinge has slope 0 at 0. Without positives or
 * without negatives the other part stays, and with `all` it is averaged over all pairs as before; without any pair the
 * loss is 0, its gradient too. Equal embeddings of different classes have a value but no direction, so no gradient.
 *
 * @param embeddings float32 `[n, d]`
 * @param labels int32 `[n]`, any values
 * @returns `loss` the mean over pairs, in (squared) units of the distance; `perAnchor` `[n]`, n times each row's share of it
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Hadsell et al., Dimensionality Reduction by Learning an Invariant Mapping, CVPR 2006, eq. 4, https://doi.org/10.1109/CVPR.2006.100
 */
export function contrastive(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  options: ContrastiveOptions = {},
): LossOutput {
  const { form = 'squared', positiveMargin = 0, negativeMargin = 1 } = options;
  const { distance = 'euclidean', normalise = false, average = 'all' } = options;
  checkEmbedded('contrastive', embeddings, labels);
  return tf.tidy(() => {
    const { positive, negative } = pairMasks(labels);
    const x = normalise ? unitRows(embeddings) : embeddings;
    const between = distance === 'cosine' ? tf.sub<tf.Tensor2D>(1, cosineMatrix(x, x)) : exactPairDistances(x, x); // [n, n]
    const tooFar = tf.mul<tf.Tensor2D>(positive, tf.relu(tf.sub(between, positiveMargin)));
    const tooNear = tf.mul<tf.Tensor2D>(negative, tf.relu(tf.sub(negativeMargin, between)));
    const cost = (hinge: tf.Tensor2D): tf.Tensor2D => (form === 'squared' ? tf.mul(0.5, tf.square(hinge)) : hinge);
    if (average === 'violating') {
      const share = (hinge: tf.Tensor2D): tf.Tensor1D => sharesOfPairMean(cost(hinge), violates(hinge));
      return meanOverAnchors(tf.add(share(tooFar), share(tooNear)));
    }
    return meanOverAnchors(sharesOfPairMean(cost(tf.add(tooFar, tooNear)), tf.add(positive, negative)));
  });
}

/** Above the floor of the distance and the rounding of the cosine, so that equal embeddings violate nothing. */
const violates = (hinges: tf.Tensor2D): tf.Tensor2D => constantOf<tf.Tensor2D>((hinge) => tf.cast(tf.greater(hinge, 2e-6), 'float32'))(hinges);

export const contrastiveEntry = defineLoss({
  options: {
    form: choice(['squared', 'linear'], { default: 'squared', describe: 'half the squared hinge, or the hinge itself' }),
    positiveMargin: number({ default: 0, atLeast: 0, describe: 'distance within which positives rest' }),
    negativeMargin: number({ default: 1, above: 0, describe: 'distance beyond which negatives rest' }),
    distance: choice(['euclidean', 'cosine'], { default: 'euclidean', describe: 'plain distance, or 1 - cos' }),
    normalise: flag({ default: false, describe: 'bring embeddings to length 1 first' }),
    average: choice(['all', 'violating'], { default: 'all', describe: 'mean over all pairs, or of each kind over its violations' }),
  } satisfies SpecsFor<ContrastiveOptions>,
  uses: 'pairs',
  parameters: () => ({}),
  apply: ({ embeddings, labels, options }) => contrastive(embeddings, labels, options),
});
