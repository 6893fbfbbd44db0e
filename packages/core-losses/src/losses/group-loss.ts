import * as tf from '@tensorflow/tfjs';

import { checkEmbedded, checkFloat, shapeOf } from '../checks';
import type { LossOutput } from '../loss-output';
import { batchAffinity, type BatchAffinityOptions } from '../math/batch-affinity';
import { labelPriors, type LabelPriorsOptions } from '../math/label-priors';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { ownScores } from '../math/own-scores';
import { replicatorDynamics } from '../math/replicator-dynamics';
import { sparseSoftmaxCrossEntropy } from '../math/sparse-softmax-cross-entropy';

/** Under the logarithm, as in the released code. */
const EPSILON = 1e-12;

export interface GroupLossOptions extends Partial<BatchAffinityOptions>, Partial<LabelPriorsOptions> {
  /** Softens the logits of the priors, > 0. Released: 24 (CUB), 79 (Cars), 54 (SOP), 40 (++, the default). */
  readonly temperature?: number;
  /** Refinement steps `T`, >= 0. Released: 1. */
  readonly steps?: number;
  /** `pearson`: correlation over the d features (paper). `cosine`: the mean stays. */
  readonly similarity?: 'pearson' | 'cosine';
  /** `clamp`: negative similarities count 0 (paper). `shift`: the smallest is taken off all; released with `diagonal: 'zero'`. */
  readonly negatives?: 'clamp' | 'shift';
  /** Weight of an example with itself. `zero`: as in the paper. `one`: as released. */
  readonly diagonal?: 'one' | 'zero';
  /** Softmax over `all` classes (paper), over those `present` in the batch, or `uniform`. */
  readonly priors?: 'all' | 'present' | 'uniform';
  /** Weight of the plain cross-entropy of the logits of all examples. Paper: 0; released: 1. */
  readonly crossEntropyWeight?: number;
}

/**
 * Group Loss: cross-entropy of label distributions that the batch has refined among its members.
 *
 *     L = -1/n sum_i log( X(T)_{i, y_i} + 1e-12 ) + w L_softmax
 *
 * X(0) holds the classes of the anchors and softened guesses for the others, see `labelPriors`; `replicatorDynamics`
 * over the similarities of the embeddings gives X(T). Nothing is stopped: the gradient reaches all embeddings through the
 * similarities, and the logits of all but anchors through X(0). Anchors stay as they are and add 0 where another example
 * supports them, and with `diagonal: 'one'` always. An example without a similar one has the loss -log 1e-12 with
 * gradient 0, as has every example whose own class gets no support, such as anchors that are the only ones of their class
 * among anchors; with `diagonal: 'one'` it sharpens its own guess. Where all stay as they are only the cross-entropy is
 * left, which the paper does without. With a classifier of one class the loss is 0 for all that are supported. Equal
 * embeddings support each other fully; a zero or constant one has no similar one.
 *
 * @param embeddings float32 `[n, d]`, not normalised; with `pearson` d should be at least 3
 * @param labels int32 `[n]`, values in `[0, c)`; not checked, since reading them would wait for the device
 * @param logits float32 `[n, c]`, of the classifier that is trained along
 * @param isAnchor float32 `[n]`, 1 for anchors, 0 for the others
 * @returns `loss` the mean over all n (anchors too) in nats, `perAnchor` `[n]`
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Elezi et al., The Group Loss for Deep Metric Learning, ECCV 2020, https://arxiv.org/abs/1912.00385, https://github.com/dvl-tum/group_loss; The Group Loss++, TPAMI 2022, https://arxiv.org/abs/2204.01509
 */
export function groupLoss(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  logits: tf.Tensor2D,
  isAnchor: tf.Tensor1D,
  options: GroupLossOptions = {},
): LossOutput {
  const { temperature = 40, priors = 'all', steps = 1, crossEntropyWeight = 0 } = options;
  const { similarity = 'pearson', negatives = 'clamp', diagonal = 'zero' } = options;
  checkGroup(embeddings, labels, logits, isAnchor);
  return tf.tidy(() => {
    const start = labelPriors(logits, labels, isAnchor, { temperature, priors }); // [n, c]
    const affinity = batchAffinity(embeddings, { similarity, negatives, diagonal }); // [n, n]
    const refined = replicatorDynamics(start, affinity, steps); // [n, c]
    const own = ownScores(refined, labels); // [n]
    const plain = tf.mul<tf.Tensor1D>(crossEntropyWeight, sparseSoftmaxCrossEntropy(logits, labels));
    return meanOverAnchors(tf.sub(plain, tf.log(tf.add(own, EPSILON))));
  });
}

function checkGroup(embeddings: tf.Tensor2D, labels: tf.Tensor1D, logits: tf.Tensor2D, isAnchor: tf.Tensor1D): void {
  checkEmbedded('groupLoss', embeddings, labels);
  const [n, like] = [embeddings.shape[0], `embeddings ${shapeOf(embeddings)}`];
  checkFloat('groupLoss', 'logits', logits, { shape: [n, logits.shape[1] ?? 1], like });
  checkFloat('groupLoss', 'isAnchor', isAnchor, { shape: [n], like });
}
