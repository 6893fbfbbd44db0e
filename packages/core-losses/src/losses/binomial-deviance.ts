import * as tf from '@tensorflow/tfjs';

import { checkEmbedded } from '../checks';
import type { LossOutput } from '../loss-output';
import { pairMasks } from '../math/batch-hard';
import { cosineMatrix } from '../math/cosine-matrix';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { rowPairMeans, sharesOfPairMean } from '../math/pair-means';
import { defineLoss } from '../loss-entry';
import { choice, number, type SpecsFor } from '../options/option-specs';

export interface BinomialDevianceOptions {
  /** `alpha`, slope; unitless, > 0. Paper: 2. */
  readonly scale?: number;
  /** `beta`, cosine that parts positives from negatives. Paper: 0.5. */
  readonly threshold?: number;
  /** `C`, how much steeper negatives are than positives; unitless, > 0. Person re-identification: 10; CUB and products: 25. */
  readonly negativeCost?: number;
  /** `pairs`: mean over all positive plus mean over all negative pairs. `anchors`: both means for each anchor, then over anchors. */
  readonly average?: 'pairs' | 'anchors';
}

/**
 * Binomial deviance: a logistic cost of each cosine, steeper for negatives.
 *
 *     L = mean_{positives} log(1 + e^{-alpha (S_ij - beta)}) + mean_{negatives} log(1 + e^{alpha C (S_ij - beta)})
 *
 * Norms are divided out inside the graph; nothing is stopped. Without positives or without negatives (of the batch, or
 * with `anchors` of an anchor) that mean is 0. At equal embeddings the gradient is 0.
 *
 * @param embeddings float32 `[n, d]`, any norm
 * @param labels int32 `[n]`, any values
 * @returns `loss` in nats; `perAnchor` `[n]`, with `pairs` n times each row's share of the loss
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Yi et al., Deep Metric Learning for Practical Person Re-Identification, 2014, https://arxiv.org/abs/1407.4979; C = 25: Ustinova and Lempitsky, NIPS 2016, https://arxiv.org/abs/1611.00822; `anchors`: Wang et al., CVPR 2019, https://arxiv.org/abs/1904.06627
 */
export function binomialDeviance(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  { scale = 2, threshold = 0.5, negativeCost = 10, average = 'pairs' }: BinomialDevianceOptions = {},
): LossOutput {
  checkEmbedded('binomialDeviance', embeddings, labels);
  return tf.tidy(() => {
    const { positive, negative } = pairMasks(labels);
    const above = tf.sub<tf.Tensor2D>(cosineMatrix(embeddings, embeddings), threshold); // [n, n]
    const mean = average === 'pairs' ? sharesOfPairMean : rowPairMeans;
    const pull = mean(tf.softplus(tf.mul(-scale, above)), positive); // [n]
    const push = mean(tf.softplus(tf.mul(scale * negativeCost, above)), negative); // [n]
    return meanOverAnchors(tf.add(pull, push));
  });
}

export const binomialDevianceEntry = defineLoss({
  options: {
    scale: number({ default: 2, above: 0, describe: 'alpha, slope of the cost' }),
    threshold: number({ default: 0.5, describe: 'beta, cosine that parts positives from negatives' }),
    negativeCost: number({ default: 10, above: 0, describe: 'C, how much steeper negatives are' }),
    average: choice(['pairs', 'anchors'], { default: 'pairs', describe: 'means over all pairs of a kind, or for each anchor first' }),
  } satisfies SpecsFor<BinomialDevianceOptions>,
  uses: 'pairs',
  parameters: () => ({}),
  apply: ({ embeddings, labels, options }) => binomialDeviance(embeddings, labels, options),
});
