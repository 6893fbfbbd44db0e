import * as tf from '@tensorflow/tfjs';

import { checkEmbedded } from '../checks';
import type { LossOutput } from '../loss-output';
import { pairMasks } from '../math/batch-hard';
import { maskedLogSumExp } from '../math/masked-log-sum-exp';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { pairDistances } from '../math/pair-distances';
import { reducedTerms } from '../math/reduced-terms';
import { unitRows } from '../math/unit-rows';
import { defineLoss } from '../loss-entry';
import { choice, flag, number, type SpecsFor } from '../options/option-specs';

export interface LiftedStructureOptions {
  /** `pairs`: the paper's term a positive pair. `generalised`: Hermans et al.'s term an anchor, with all its positives. */
  readonly form?: 'pairs' | 'generalised';
  /** Margin `alpha` of the negatives, in units of the distance, >= 0. Paper: 1. */
  readonly margin?: number;
  /** Whether rows are brought to length 1 first. Paper: false; pytorch-metric-learning: true. */
  readonly normalise?: boolean;
}

/**
 * Lifted structured loss: each positive pair against all negatives of either end, softly the nearest.
 *
 *     pairs:       L = 1/(2|P|) sum_{(i, j) in P} [ J_ij ]_+^2
 *                  J_ij = D_ij + log( sum_{k: y_k != y_i} e^{alpha - D_ik} + sum_{l: y_l != y_j} e^{alpha - D_jl} )
 *     generalised: L = 1/n sum_a [ log sum_p e^{D_ap} + log sum_n e^{alpha - D_an} ]_+
 *
 * P are the unordered positive pairs, D is Euclidean, not squared. Nothing is stopped; the hinge has slope 0 at 0. Without
 * positives or without negatives the loss is 0, its gradient too; `generalised` counts an anchor without positives as 0.
 * Equal embeddings have gradient 0.
 *
 * @param embeddings float32 `[n, d]`
 * @param labels int32 `[n]`, any values
 * @returns `loss` as above; `perAnchor` `[n]`, n times the part of each anchor, which has half of each of its pairs, so that their mean is the loss
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Oh Song et al., Deep Metric Learning via Lifted Structured Feature Embedding, eq. 4, https://arxiv.org/abs/1511.06452; Hermans et al., eq. 8, https://arxiv.org/abs/1703.07737
 */
export function liftedStructure(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  { form = 'pairs', margin = 1, normalise = false }: LiftedStructureOptions = {},
): LossOutput {
  checkEmbedded('liftedStructure', embeddings, labels);
  return tf.tidy(() => {
    const { positive, negative } = pairMasks(labels);
    const apart = pairDistances(normalise ? unitRows(embeddings) : embeddings); // [n, n]
    const pushed = maskedLogSumExp(tf.sub(margin, apart), negative); // [n]
    if (form === 'generalised') return meanOverAnchors(tf.relu(tf.add(maskedLogSumExp(apart, positive), pushed)));
    const lifted = tf.relu(tf.add(apart, logOfSums(pushed))); // [n, n], [J]_+
    const terms = tf.mul(positive, tf.div(tf.square(lifted), 2));
    return reducedTerms(terms, positive, 'mean'); // a mean over ordered pairs, each pair twice
  });
}

/** log(e^{x_i} + e^{x_j}) for every two entries. */
function logOfSums(x: tf.Tensor1D): tf.Tensor2D {
  const [rows, columns] = [tf.expandDims<tf.Tensor2D>(x, 1), tf.expandDims<tf.Tensor2D>(x, 0)];
  return tf.add(rows, tf.softplus(tf.sub<tf.Tensor2D>(columns, rows)));
}

export const liftedStructureEntry = defineLoss({
  options: {
    form: choice(['pairs', 'generalised'], { default: 'pairs', describe: 'term a positive pair, or term an anchor' }),
    margin: number({ default: 1, atLeast: 0, describe: 'margin alpha of the negatives, in units of the distance' }),
    normalise: flag({ default: false, describe: 'bring embeddings to length 1 first' }),
  } satisfies SpecsFor<LiftedStructureOptions>,
  uses: 'pairs',
  parameters: () => ({}),
  apply: ({ embeddings, labels, options }) => liftedStructure(embeddings, labels, options),
});
