import * as tf from '@tensorflow/tfjs';

import { checkClassified } from '../checks';
import type { LossOutput } from '../loss-output';
import { gram } from '../math/gram';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { sameClass } from '../math/same-class';
import { defineLoss, prototypeRows } from '../loss-entry';
import { number, type SpecsFor } from '../options/option-specs';

export interface PairwiseCrossEntropyOptions {
  /** `lambda`, strength of the quadratic term that splits cross-entropy in two; unitless, > 0. Paper: it depends on the network. */
  readonly lambda?: number;
}

/**
 * Pairwise cross-entropy: what softmax cross-entropy is where each of its two parts is at the weights that suit it.
 *
 *     L = -1/(2 lambda n^2) sum_i sum_{j: y_j = y_i} x_i . x_j
 *         + 1/n sum_i log sum_k exp( 1/(lambda n) sum_j p_jk x_i . x_j ) - 1/(2 lambda) sum_k |c_k|^2
 *     p_j = softmax(W x_j),   c_k = 1/n sum_i p_ik x_i
 *
 * Each example is a pair with itself. Nothing is normalised and nothing is stopped: prototypes have a gradient through p
 * alone. It is the paper's approximate bound of cross-entropy, below it in its first part, where the weights are
 * hard means, and at a stationary point in its second. Batches without positives or with one class, and equal
 * embeddings, are like any other; with one prototype the loss is 0 with gradient 0.
 *
 * @param embeddings float32 `[n, d]`, any norm
 * @param labels int32 `[n]`, values in `[0, c)`; not checked, since reading them would wait for the device
 * @param prototypes float32 `[c, d]`, the classifier's weights W that p comes from
 * @returns `loss` the mean in nats, `perAnchor` `[n]`
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Boudiaf et al., A Unifying Mutual Information View of Metric Learning: Cross-Entropy vs. Pairwise Losses, ECCV 2020, https://arxiv.org/abs/2003.08983
 */
export function pairwiseCrossEntropy(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  prototypes: tf.Tensor2D,
  { lambda = 1 }: PairwiseCrossEntropyOptions = {},
): LossOutput {
  checkClassified('pairwiseCrossEntropy', embeddings, labels, prototypes);
  return tf.tidy(() => {
    const p = tf.softmax(tf.matMul<tf.Tensor2D>(embeddings, prototypes, false, true)); // [n, c]
    const products = tf.div<tf.Tensor2D>(gram(embeddings), labels.shape[0]); // [n, n], 1/n x_i . x_j
    const toSoft = tf.matMul<tf.Tensor2D>(products, p); // [n, c], x_i . c_k
    const same = tf.cast(sameClass(labels), 'float32'); // [n, n]
    const tight = tf.sum<tf.Tensor1D>(tf.mul(same, products), 1);
    const centres = tf.sum<tf.Tensor1D>(tf.mul(p, toSoft), 1); // their mean over i is sum_k |c_k|^2
    const contrast = tf.logSumExp<tf.Tensor1D>(tf.div(toSoft, lambda), 1);
    return meanOverAnchors(tf.sub(contrast, tf.div(tf.add(tight, centres), 2 * lambda)));
  });
}

export const pairwiseCrossEntropyEntry = defineLoss({
  options: {
    lambda: number({ default: 1, above: 0, describe: 'strength of the quadratic term that splits cross-entropy' }),
  } satisfies SpecsFor<PairwiseCrossEntropyOptions>,
  uses: 'pairs',
  parameters: (classes, dim) => prototypeRows(classes, dim),
  apply: ({ embeddings, labels, parameters, options }) =>
    pairwiseCrossEntropy(embeddings, labels, parameters.prototypes as tf.Tensor2D, options),
});
