import * as tf from '@tensorflow/tfjs';

import { checkEmbedded } from '../checks';
import type { LossOutput } from '../loss-output';
import { stopGradient } from '../math/constant-of';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { exactPairDistances } from '../math/pair-distances';
import { listWeights, queryShares, rankedLists } from '../math/ranked-lists';
import { unitRows } from '../math/unit-rows';
import { defineLoss } from '../loss-entry';
import { choice, number, type SpecsFor } from '../options/option-specs';

export interface RankedListOptions {
  /** `original`: L_P + lambda L_N. `simpler`: boundaries 1 +- m/2 and the convex (L_P + lambda L_N) / (1 + lambda). */
  readonly form?: 'original' | 'simpler';
  /** `alpha`, distance that negatives should have; > 0. Paper: 1.2, 1.4 on CUB. `simpler` has 1 + m/2 instead. */
  readonly boundary?: number;
  /** `m`, by how much positives should be nearer than negatives; distance, >= 0. Paper: 0.4, 0.2 on CUB. */
  readonly margin?: number;
  /** `T`, how much nearer negatives weigh more; >= 0, 0 gives equal weights. Paper: 10. */
  readonly temperature?: number;
  /** `T_p`, how much farther positives weigh more; >= 0. Paper: 0. */
  readonly positiveTemperature?: number;
  /** `lambda`, weight of negatives beside positives; >= 0. Paper: 1, which is one half in the convex form. */
  readonly negativeWeight?: number;
  /**
   * `queryOnly`: each list moves its query alone, the paper's. `bothEnds`: gallery too, weights still constant.
   * `full`: the derivative of the value, weights included, as ports do.
   */
  readonly gradient?: 'queryOnly' | 'bothEnds' | 'full';
  /** Weight of the lists: the paper's 1/n each, or, as released, the share of violation each has in the batch (a constant). */
  readonly queryWeight?: 'equal' | 'violation';
}

/**
 * Ranked list loss: every example ranks the batch, positives within alpha - m and negatives beyond alpha.
 *
 *     L_i = sum_{j in P_i} p_ij (D_ij - (alpha - m)) + lambda sum_{j in N_i} w_ij (alpha - D_ij)
 *     P_i = { positives: D_ij > alpha - m },   p_ij ~ e^{T_p D_ij};   N_i = { negatives: D_ij < alpha },   w_ij ~ e^{-T D_ij}
 *
 * D is the distance of unit rows; weights have sum 1 in each list. Stopped: P and N always, the weights unless `full`,
 * the gallery end of D if `queryOnly`, so that an embedding's gradient before normalisation is at most (1 + lambda)/n.
 * An empty P or N gives 0, and lists with nothing left are counted. Equal embeddings of different classes have a
 * value but no direction, so no gradient.
 *
 * @param embeddings float32 `[n, d]`, any norm
 * @param labels int32 `[n]`, any values
 * @returns `loss` the mean over all queries, a distance; `perAnchor` `[n]`, with `violation` n times the query's share
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Wang et al., Ranked List Loss, CVPR 2019, https://arxiv.org/abs/1903.03238; `simpler` as in its TPAMI version; code: https://github.com/XinshaoAmosWang/Ranked-List-Loss-for-DML
 */
export function rankedList(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  options: RankedListOptions = {},
): LossOutput {
  const { form = 'original', boundary = 1.2, margin = 0.4, temperature = 10, positiveTemperature = 0 } = options;
  const { negativeWeight = 1, gradient = 'queryOnly', queryWeight = 'equal' } = options;
  checkEmbedded('rankedList', embeddings, labels);
  const outer = form === 'simpler' ? 1 + margin / 2 : boundary;
  const inner = outer - margin;
  return tf.tidy(() => {
    const x = unitRows(embeddings);
    const distance = exactPairDistances(x, gradient === 'queryOnly' ? stopGradient(x) : x); // [n, n]
    const ranked = gradient === 'full' ? distance : stopGradient(distance);
    const lists = rankedLists(ranked, labels, { inner, outer, temperature, positiveTemperature });
    const { pull, push } = listWeights(lists); // [n, n]
    const pulled = tf.sum<tf.Tensor1D>(tf.mul(pull, tf.sub(distance, inner)), 1); // [n]
    const pushed = tf.sum<tf.Tensor1D>(tf.mul(push, tf.sub(outer, distance)), 1); // [n]
    const sum = tf.add<tf.Tensor1D>(pulled, tf.mul(negativeWeight, pushed));
    const perQuery = form === 'simpler' ? tf.div<tf.Tensor1D>(sum, 1 + negativeWeight) : sum;
    if (queryWeight === 'equal') return meanOverAnchors(perQuery);
    const shares = stopGradient(queryShares(lists)); // [n]
    return meanOverAnchors(tf.mul(perQuery, tf.mul(labels.shape[0], shares)));
  });
}

export const rankedListEntry = defineLoss({
  options: {
    form: choice(['original', 'simpler'], { default: 'original', describe: 'sum of both parts, or convex with boundaries 1 +- m/2' }),
    boundary: number({ default: 1.2, above: 0, describe: 'alpha, distance that negatives should have' }),
    margin: number({ default: 0.4, atLeast: 0, describe: 'm, by how much positives should be nearer' }),
    temperature: number({ default: 10, atLeast: 0, describe: 'T, how much nearer negatives weigh more' }),
    positiveTemperature: number({ default: 0, atLeast: 0, describe: 'T_p, how much farther positives weigh more' }),
    negativeWeight: number({ default: 1, atLeast: 0, describe: 'lambda, weight of negatives beside positives' }),
    gradient: choice(['queryOnly', 'bothEnds', 'full'], { default: 'queryOnly', describe: 'what a list moves: query, both ends, weights too' }),
    queryWeight: choice(['equal', 'violation'], { default: 'equal', describe: 'lists count alike, or by their share of violation' }),
  } satisfies SpecsFor<RankedListOptions>,
  uses: 'pairs',
  parameters: () => ({}),
  apply: ({ embeddings, labels, options }) => rankedList(embeddings, labels, options),
});
