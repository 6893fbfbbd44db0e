import * as tf from '@tensorflow/tfjs';

import { checkEmbedded } from '../checks';
import type { LossOutput } from '../loss-output';
import { classPlaces } from '../math/class-blocks';
import { classSums } from '../math/class-sums';
import { gram } from '../math/gram';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { sparseSoftmaxCrossEntropy } from '../math/sparse-softmax-cross-entropy';
import { defineLoss } from '../loss-entry';
import type { SpecsFor } from '../options/option-specs';

/** Added to a score, its exponential is 0 beside any other. */
const NEVER = -1e9;

/** There is nothing to choose: the form drops the constant of the full one. */
export type SimplifiedPairwiseCrossEntropyOptions = Readonly<Record<never, never>>;

/**
 * Simplified pairwise cross-entropy: a classifier whose weights are the batch's class sums over n.
 *
 *     L = -1/n^2 sum_i sum_{j: y_j = y_i} x_i . x_j + 1/n sum_i log sum_k exp( 1/n sum_{j: y_j = k} x_i . x_j )
 *
 * k runs over the classes of the batch, each example is a pair with itself, nothing is normalised and nothing is stopped.
 * The loss is at least 0. With one class it is 0 with gradient 0; a batch without positives, or of equal embeddings, is
 * like any other. The form is written down from memory of the paper's small comparison with cross-entropy, which drops the soft means and the constant.
 *
 * @param embeddings float32 `[n, d]`, any norm
 * @param labels int32 `[n]`, any values
 * @returns `loss` the mean in nats, `perAnchor` `[n]`
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Boudiaf et al., A Unifying Mutual Information View of Metric Learning: Cross-Entropy vs. Pairwise Losses, ECCV 2020, https://arxiv.org/abs/2003.08983
 */
export function simplifiedPairwiseCrossEntropy(embeddings: tf.Tensor2D, labels: tf.Tensor1D): LossOutput {
  checkEmbedded('simplifiedPairwiseCrossEntropy', embeddings, labels);
  return tf.tidy(() => {
    const n = labels.shape[0];
    const { ids, present } = classPlaces(labels);
    const scores = tf.div(classSums(gram(embeddings), ids, n), n); // [k, i], 1/n sum_{y_j = k} x_j . x_i
    const absent = tf.mul(NEVER, tf.sub(1, present)); // [k]
    const logits = tf.transpose(tf.add<tf.Tensor2D>(scores, tf.expandDims(absent, 1))); // [i, k]
    return meanOverAnchors(sparseSoftmaxCrossEntropy(logits, ids));
  });
}

export const simplifiedPairwiseCrossEntropyEntry = defineLoss({
  options: {} satisfies SpecsFor<SimplifiedPairwiseCrossEntropyOptions>,
  uses: 'pairs',
  parameters: () => ({}),
  apply: ({ embeddings, labels }) => simplifiedPairwiseCrossEntropy(embeddings, labels),
});
