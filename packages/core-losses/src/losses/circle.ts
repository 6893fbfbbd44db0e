import * as tf from '@tensorflow/tfjs';

import { checkEmbedded } from '../checks';
import type { LossOutput, UndividedLossOutput } from '../loss-output';
import { pairMasks, type PairMasks } from '../math/batch-hard';
import { stopGradient } from '../math/constant-of';
import { cosineMatrix } from '../math/cosine-matrix';
import { maskedLogSumExp } from '../math/masked-log-sum-exp';
import { unorderedPairs } from '../math/unordered-pairs';
import { defineLoss } from '../loss-entry';
import { choice, number, type SpecsFor } from '../options/option-specs';

export interface CircleOptions {
  /** `gamma`, multiplies every weighted gap. Unitless, > 0. Paper: 80 (retrieval), 128 (re-identification), 256 (faces). */
  readonly scale?: number;
  /** Relaxation `m`, in [0, 1]: optima at 1 + m and -m, margins at 1 - m and m. Paper: 0.4 (retrieval), 0.25 else. */
  readonly margin?: number;
  /** `anchor`: one term an anchor, the paper's. `batch`: one term over all unordered pairs of the batch. */
  readonly reduction?: 'anchor' | 'batch';
}

/**
 * Circle loss over pairs: each similarity is weighted by its distance from its optimum.
 *
 *     L_a = log(1 + sum_n e^{gamma alpha_n (s_n - m)} sum_p e^{-gamma alpha_p (s_p - 1 + m)})
 *     alpha_p = [1 + m - s_p]_+,   alpha_n = [s_n + m]_+
 *
 * s are cosines; both alpha are stopped, as the paper prescribes. An anchor without a positive or without a negative gives 0
 * and is not counted; without any other the loss is 0, its gradient too. Equal embeddings have gradient 0.
 *
 * @param embeddings float32 `[n, d]`, any norm
 * @param labels int32 `[n]`, any values
 * @returns `loss` the mean over anchors that have both, in nats, and `perAnchor` `[n]`; with `batch` the one term alone
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Sun et al., Circle Loss, CVPR 2020, eqs. 4 to 8, https://arxiv.org/abs/2002.10857
 */
export function circle(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  { scale = 80, margin = 0.4, reduction = 'anchor' }: CircleOptions = {},
): LossOutput | UndividedLossOutput {
  checkEmbedded('circle', embeddings, labels);
  return tf.tidy(() => {
    const s = cosineMatrix(embeddings, embeddings); // [n, n]
    const masks = pairMasks(labels);
    const pull = tf.mul(stopGradient(tf.relu(tf.sub(1 + margin, s))), tf.sub(1 - margin, s)); // [n, n]
    const push = tf.mul(stopGradient(tf.relu(tf.add(s, margin))), tf.sub(s, margin)); // [n, n]
    const scaled = { pull: tf.mul<tf.Tensor2D>(scale, pull), push: tf.mul<tf.Tensor2D>(scale, push) };
    return reduction === 'batch' ? batchTerm(scaled, masks) : anchorTerms(scaled, masks);
  });
}

interface Exponents {
  readonly pull: tf.Tensor2D;
  readonly push: tf.Tensor2D;
}

// What is missing gives log-sum-exp -1e9, and softplus of that is 0.
function anchorTerms({ pull, push }: Exponents, { positive, negative, counts }: PairMasks): LossOutput {
  const sums = tf.add<tf.Tensor1D>(maskedLogSumExp(pull, positive, 1), maskedLogSumExp(push, negative, 1)); // [n]
  const perAnchor = tf.softplus(sums);
  return { loss: tf.div<tf.Scalar>(tf.sum(perAnchor), tf.maximum(tf.sum(counts), 1)), perAnchor };
}

function batchTerm({ pull, push }: Exponents, { positive, negative }: PairMasks): UndividedLossOutput {
  const once = unorderedPairs(pull.shape[0]);
  const over = (z: tf.Tensor2D, mask: tf.Tensor2D) => maskedLogSumExp<tf.Scalar>(z, tf.mul(mask, once), [0, 1]);
  return { loss: tf.softplus(tf.add<tf.Scalar>(over(pull, positive), over(push, negative))) };
}

export const circleEntry = defineLoss({
  options: {
    scale: number({ default: 80, above: 0, describe: 'gamma, multiplies every weighted gap' }),
    margin: number({ default: 0.4, atLeast: 0, atMost: 1, describe: 'relaxation m of optima and margins' }),
    reduction: choice(['anchor', 'batch'], { default: 'anchor', describe: 'one term an anchor, or one for all pairs of the batch' }),
  } satisfies SpecsFor<CircleOptions>,
  uses: 'pairs',
  parameters: () => ({}),
  apply: ({ embeddings, labels, options }) => circle(embeddings, labels, options),
});
