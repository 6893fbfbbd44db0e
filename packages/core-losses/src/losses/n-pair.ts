import * as tf from '@tensorflow/tfjs';

import { checkEmbedded } from '../checks';
import type { LossOutput } from '../loss-output';
import { firstPairs } from '../math/first-pairs';
import { reducedTerms } from '../math/reduced-terms';
import { sparseSoftmaxCrossEntropy } from '../math/sparse-softmax-cross-entropy';
import { unitRows } from '../math/unit-rows';
import { defineLoss } from '../loss-entry';
import { flag, number, type SpecsFor } from '../options/option-specs';

/** Added to a score, its exponential is 0 beside any other. */
const NEVER = -1e9;

export interface NPairOptions {
  /** Weight `lambda` of the squared norms, >= 0. The paper names none; TensorFlow's `npairs_loss`: 0.002. */
  readonly penalty?: number;
  /** Whether rows are brought to length 1 first. Paper: false; pytorch-metric-learning: true. */
  readonly normalise?: boolean;
}

/**
 * Multi-class N-pair loss: one pair a class, each anchor with its positive against the positives of the other classes.
 *
 *     L = 1/N sum_i log( 1 + sum_{j != i} e^{f_i f_j^+ - f_i f_i^+} ) + lambda / 4 (mean |f|^2 + mean |f^+|^2)
 *
 * The first example of a class in the batch is its anchor, the second its positive: their order matters. Further examples
 * and classes of one have no part in it. Nothing is stopped. Without a pair the loss is 0, its gradient too; with one class,
 * only the penalty is left. Equal embeddings give log N and the penalty.
 *
 * @param embeddings float32 `[n, d]`
 * @param labels int32 `[n]`, any values
 * @returns `loss` the mean over classes with a pair, in nats; `perAnchor` `[n]`, n times each anchor's part, so that their mean is the loss
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Sohn, Improved Deep Metric Learning with Multi-class N-pair Loss Objective, NIPS 2016, section 3.2, https://papers.nips.cc/paper/6200-improved-deep-metric-learning-with-multi-class-n-pair-loss-objective
 */
export function nPair(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  { penalty = 0.002, normalise = false }: NPairOptions = {},
): LossOutput {
  checkEmbedded('nPair', embeddings, labels);
  return tf.tidy(() => {
    const f = normalise ? unitRows(embeddings) : embeddings;
    const { anchors, positives, inUse } = firstPairs(labels);
    const [a, p] = [tf.gather<tf.Tensor2D>(f, anchors), tf.gather<tf.Tensor2D>(f, positives)]; // [m, d] each
    const unused = tf.mul(NEVER, tf.sub(1, inUse)); // [m]
    const scores = tf.add<tf.Tensor2D>(tf.matMul(a, p, false, true), unused); // [m, m]
    const entropy = sparseSoftmaxCrossEntropy(scores, tf.range(0, inUse.shape[0], 1, 'int32')); // [m]
    const norms = tf.sum<tf.Tensor1D>(tf.add(tf.square(a), tf.square(p)), 1); // |f|^2 + |f^+|^2
    const terms = tf.mul(inUse, tf.add(entropy, tf.mul(penalty / 4, norms))); // [m]
    const [ofRows, isAnchor] = [terms, inUse].map((x) => tf.unsortedSegmentSum(x, anchors, labels.shape[0])) as [tf.Tensor1D, tf.Tensor1D];
    return reducedTerms(ofRows, isAnchor, 'mean');
  });
}

export const nPairEntry = defineLoss({
  options: {
    penalty: number({ default: 0.002, atLeast: 0, describe: 'weight lambda of the squared norms' }),
    normalise: flag({ default: false, describe: 'bring embeddings to length 1 first' }),
  } satisfies SpecsFor<NPairOptions>,
  uses: 'pairs',
  parameters: () => ({}),
  apply: ({ embeddings, labels, options }) => nPair(embeddings, labels, options),
});
