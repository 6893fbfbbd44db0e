import * as tf from '@tensorflow/tfjs';

import { checkClassified } from '../checks';
import type { LossOutput } from '../loss-output';
import { cosineMatrix } from '../math/cosine-matrix';
import { pairMasks } from '../math/batch-hard';
import { maskedLogSumExp } from '../math/masked-log-sum-exp';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { defineLoss } from '../loss-entry';
import { choice, number, type SpecsFor } from '../options/option-specs';
import { classifierRows, softmax } from './softmax';

export interface ContraXOptions {
  /** float32 `[c]`, added to the logits. Default: none. */
  readonly bias?: tf.Tensor1D;
  /** `share`: share of the class in the kernel, summed over the batch (the authors' poster). `divergence`: KL from a target matrix, averaged (released code). */
  readonly form?: 'share' | 'divergence';
  /** Temperature `tau`; divides every cosine. Unitless, > 0. Paper: 0.1. */
  readonly temperature?: number;
  /** Weight `lambda` of the contrastive part, >= 0. Released code: 1. */
  readonly weight?: number;
}

/**
 * Contra-X: softmax cross-entropy joined with a contrast over the batch, for the attribution of texts to authors.
 *
 *     L = L_softmax + lambda L_CL
 *     share:      L_CL = -sum_i log( sum_{j: y_j = y_i} e^{S_ij / tau} / sum_k e^{S_ik / tau} )
 *     divergence: L_CL = 1/n sum_i sum_j P_ij (log P_ij - log Q_ij),   P_i = softmax_j([y_j = y_i] / tau), Q_i = softmax_j(S_ij / tau)
 *
 * S are cosines. Each example is a pair with itself, in both sums, so that none is without a positive: alone in its class
 * it is still driven from the others. With one class the contrast is 0 with gradient 0 (`divergence`: where cosines are
 * equal). With equal embeddings its gradient is 0. Nothing is stopped.
 *
 * @param embeddings float32 `[n, d]`, any norm; norms are part of the logits alone
 * @param labels int32 `[n]`, values in `[0, c)`; not checked, since reading them would wait for the device
 * @param prototypes float32 `[c, d]`, the classifier's weights W
 * @returns `loss` in nats; `perAnchor` `[n]`, the summed contrast counted n times, so that their mean is the loss
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Ai et al., Whodunit? Learning to Contrast for Authorship Attribution, AACL 2022, https://arxiv.org/abs/2209.11887, https://github.com/BoAi01/Contra-X
 */
export function contraX(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  prototypes: tf.Tensor2D,
  { bias, form = 'share', temperature = 0.1, weight = 1 }: ContraXOptions = {},
): LossOutput {
  checkClassified('contraX', embeddings, labels, prototypes);
  return tf.tidy(() => {
    const n = labels.shape[0];
    const scores = tf.div<tf.Tensor2D>(cosineMatrix(embeddings, embeddings), temperature); // [n, n]
    const same = tf.sub<tf.Tensor2D>(1, pairMasks(labels).negative); // [n, n], the diagonal too
    const contrast = form === 'share' ? tf.mul<tf.Tensor1D>(n, lostShares(scores, same)) : divergences(scores, tf.div(same, temperature));
    return meanOverAnchors(tf.add(softmax(embeddings, labels, prototypes, { bias }).perAnchor, tf.mul(weight, contrast)));
  });
}

/** -log of the share of the class in each row's kernel, `[n]`. */
function lostShares(scores: tf.Tensor2D, same: tf.Tensor2D): tf.Tensor1D {
  return tf.sub(tf.logSumExp<tf.Tensor1D>(scores, 1), maskedLogSumExp(scores, same));
}

/** KL of the softmax of `scores` from that of `target`, `[n]`. */
function divergences(scores: tf.Tensor2D, target: tf.Tensor2D): tf.Tensor1D {
  const wanted = tf.logSoftmax(target);
  return tf.sum(tf.mul(tf.exp(wanted), tf.sub(wanted, tf.logSoftmax(scores))), 1);
}

export const contraXEntry = defineLoss({
  options: {
    form: choice(['share', 'divergence'], { default: 'share', describe: 'as on the poster, or KL from a target as in the released code' }),
    temperature: number({ default: 0.1, above: 0, describe: 'temperature tau, divides every cosine' }),
    weight: number({ default: 1, atLeast: 0, describe: 'weight lambda of the contrastive part' }),
  } satisfies SpecsFor<Omit<ContraXOptions, 'bias'>>,
  uses: 'pairs',
  parameters: (classes, dim) => classifierRows(classes, dim),
  apply: ({ embeddings, labels, parameters, options }) =>
    contraX(embeddings, labels, parameters.prototypes as tf.Tensor2D, { ...options, bias: parameters.bias as tf.Tensor1D }),
});
