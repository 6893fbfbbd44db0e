import * as tf from '@tensorflow/tfjs';

import { checkEmbedded } from '../checks';
import type { LossOutput } from '../loss-output';
import { pairMasks } from '../math/batch-hard';
import { cosineMatrix } from '../math/cosine-matrix';
import { logOnePlusSumExp } from '../math/log-one-plus-sum-exp';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { minedPairs, withoutDuplicates } from '../math/mined-pairs';
import { rowPairMeans } from '../math/pair-means';
import { defineLoss } from '../loss-entry';
import { choice, flag, number, type SpecsFor } from '../options/option-specs';

export interface MultiSimilarityOptions {
  /** `alpha`, slope for positives; unitless, > 0. Paper and released code: 2. */
  readonly positiveScale?: number;
  /** `beta`, slope for negatives; unitless, > 0. Paper: 50; released code: 40. */
  readonly negativeScale?: number;
  /** `lambda`, cosine at which pairs begin to weigh. Paper: 1; released code: 0.5, the better start for an untrained network. */
  readonly threshold?: number;
  /** Whether only pairs that are hard for their anchor count. Paper: true; false is the weighting alone. */
  readonly mining?: boolean;
  /** Whether pairs weigh by their similarities. Paper: true; false is the mining alone, every pair of a kind alike. */
  readonly weighting?: boolean;
  /** `epsilon`, slack of the mining; difference of cosines, >= 0. Paper and released code: 0.1. Not used without mining. */
  readonly miningMargin?: number;
  /** Positives with a cosine of at least 1 - 1e-5: the released code drops them (to leave out the pair of an example with itself). */
  readonly duplicates?: 'kept' | 'dropped';
}

/**
 * Multi-similarity loss: pairs mined against the opposite kind, then weighted by their own and the other cosines.
 *
 *     L_i = 1/alpha log(1 + sum_{k in P_i} e^{-alpha (S_ik - lambda)}) + 1/beta log(1 + sum_{k in N_i} e^{beta (S_ik - lambda)})
 *     N_i = { j: S_ij > min_{positives} S_ik - epsilon },   P_i = { j: S_ij < max_{negatives} S_ik + epsilon }
 *
 * Without `weighting` the two parts are the means of lambda - S over P_i and of S - lambda over N_i; the paper does not spell
 * its mining alone out. Norms are divided out inside the graph. Which pairs are mined is stopped. An anchor without positives, without
 * negatives or with none left gives 0 and is counted; without mining the side that it has stays. With one class the
 * mined loss is 0. Where all embeddings are equal every pair counts; value and gradient are finite.
 *
 * @param embeddings float32 `[n, d]`, any norm
 * @param labels int32 `[n]`, any values
 * @returns `loss` the mean over all anchors, in units of the cosine; `perAnchor` `[n]`
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Wang et al., Multi-Similarity Loss with General Pair Weighting, CVPR 2019, https://arxiv.org/abs/1904.06627; code: https://github.com/msight-tech/research-ms-loss
 */
export function multiSimilarity(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  options: MultiSimilarityOptions = {},
): LossOutput {
  const { positiveScale = 2, negativeScale = 50, threshold = 1 } = options;
  const { mining = true, weighting = true, miningMargin = 0.1, duplicates = 'kept' } = options;
  checkEmbedded('multiSimilarity', embeddings, labels);
  return tf.tidy(() => {
    const similarity = cosineMatrix(embeddings, embeddings); // [n, n]
    const { positive, negative } = pairMasks(labels);
    const all = { positive: duplicates === 'kept' ? positive : withoutDuplicates(similarity, positive), negative };
    const pairs = mining ? minedPairs(similarity, all, miningMargin) : all;
    const above = tf.sub<tf.Tensor2D>(similarity, threshold); // [n, n]
    const part = (scale: number, counted: tf.Tensor2D): tf.Tensor1D =>
      weighting ? tf.div(logOnePlusSumExp(tf.mul(scale, above), counted), Math.abs(scale)) : tf.mul(Math.sign(scale), rowPairMeans(above, counted));
    const pull = part(-positiveScale, pairs.positive); // [n]
    const push = part(negativeScale, pairs.negative); // [n]
    return meanOverAnchors(tf.add(pull, push));
  });
}

export const multiSimilarityEntry = defineLoss({
  options: {
    positiveScale: number({ default: 2, above: 0, describe: 'alpha, slope for positives' }),
    negativeScale: number({ default: 50, above: 0, describe: 'beta, slope for negatives' }),
    threshold: number({ default: 1, describe: 'lambda, cosine at which pairs begin to weigh' }),
    mining: flag({ default: true, describe: 'count only pairs that are hard for their anchor' }),
    weighting: flag({ default: true, describe: 'weigh pairs by their similarities' }),
    miningMargin: number({ default: 0.1, atLeast: 0, describe: 'epsilon, slack of the mining, difference of cosines' }),
    duplicates: choice(['kept', 'dropped'], { default: 'kept', describe: 'positives equal to the anchor up to rounding' }),
  } satisfies SpecsFor<MultiSimilarityOptions>,
  uses: 'pairs',
  parameters: () => ({}),
  apply: ({ embeddings, labels, options }) => multiSimilarity(embeddings, labels, options),
});
