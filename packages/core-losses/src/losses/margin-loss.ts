import * as tf from '@tensorflow/tfjs';

import { checkEmbedded, checkFloat, shapeOf } from '../checks';
import type { LossOutput } from '../loss-output';
import { pairMasks } from '../math/batch-hard';
import { constantOf } from '../math/constant-of';
import { drawnNegatives } from '../math/drawn-negatives';
import { exactPairDistances } from '../math/pair-distances';
import { unitRows } from '../math/unit-rows';
import { defineLoss, type DrawSpecs, type TensorSpecs } from '../loss-entry';
import { choice, number, type SpecsFor } from '../options/option-specs';

export interface MarginLossOptions {
  /** float32 `[c]` or `[1]`, trained, added to `boundary` for each class or for all. Default: none. */
  readonly offset?: tf.Tensor1D;
  /** float32 `[n, n]` in [0, 1), new each step: what negatives are drawn by. Needed by `distanceWeighted` and `uniform`. */
  readonly uniforms?: tf.Tensor2D;
  /** Margin `alpha` on both sides of the boundary; distance, >= 0. Paper: 0.2. */
  readonly margin?: number;
  /** Boundary `beta` between positives and negatives, where training starts; distance, > 0. Paper: 1.2. */
  readonly boundary?: number;
  /** How an anchor's negatives are chosen: one drawn by rarity of its distance (paper), one drawn evenly, or `all`. */
  readonly sampling?: 'distanceWeighted' | 'uniform' | 'all';
  /** Distances below weigh as this one; > 0. Released code: 0.5. */
  readonly nearest?: number;
  /** Negatives from this distance on are drawn only where an anchor has no nearer one, evenly; > 0. Released code: 1.4. */
  readonly farthest?: number;
}

/**
 * Margin loss: positives within beta - alpha, negatives beyond beta + alpha, with beta trained.
 *
 *     L = sum_{(a, p, n)} ( [alpha + D_ap - beta_a]_+ + [alpha - D_an + beta_a]_+ ) / #{terms > 0},   beta_a = boundary + offset_{y_a}
 *
 * D is the distance of unit rows. A triplet is an anchor with each of its positives and the negative drawn for it (`all`:
 * with each of its negatives). Stopped: which negative is drawn, and the count. A draw is a Gumbel argmax over `uniforms`,
 * one negative an anchor for all its positives; the released code draws one for each positive, equal in expectation.
 * An anchor without positives or without negatives is in no triplet; without any the loss is 0 with gradient 0. Equal
 * embeddings have a value but no direction, so that only the offsets move. The paper gives the boundary a learning rate
 * of its own, `lossLearningRate` of an optimiser.
 *
 * @param embeddings float32 `[n, d]`, any norm
 * @param labels int32 `[n]`; with offsets for classes values in `[0, c)`
 * @returns `loss` a distance; `perAnchor` `[n]`, n times each anchor's part, so that their mean is the loss
 * @throws RangeError if the shapes do not fit together or draws are missing, TypeError for a wrong dtype
 * @see Wu et al., Sampling Matters in Deep Embedding Learning, ICCV 2017, https://arxiv.org/abs/1706.07567
 */
export function marginLoss(embeddings: tf.Tensor2D, labels: tf.Tensor1D, options: MarginLossOptions = {}): LossOutput {
  const { margin = 0.2, boundary = 1.2, sampling = 'distanceWeighted', nearest = 0.5, farthest = 1.4 } = options;
  checkEmbedded('marginLoss', embeddings, labels);
  const n = labels.shape[0];
  const uniforms = sampling === 'all' ? undefined : checkedUniforms(embeddings, options.uniforms);
  return tf.tidy(() => {
    const x = unitRows(embeddings);
    const apart = exactPairDistances(x, x); // [n, n]
    const { positive, negative } = pairMasks(labels);
    const chosen =
      uniforms === undefined
        ? negative
        : drawnNegatives(apart, { negative, uniforms, dim: embeddings.shape[1], nearest, farthest, evenly: sampling === 'uniform' });
    const beta = boundaries(labels, boundary, options.offset); // [n, 1] or a scalar
    const pull = tf.relu(tf.sub(tf.add(apart, margin), beta)); // [n, n]
    const push = tf.relu(tf.add(tf.sub(margin, apart), beta)); // [n, n]
    // in how many triplets each pair is
    const pulls = tf.mul(positive, tf.sum(chosen, 1, true));
    const pushes = tf.mul(chosen, tf.sum(positive, 1, true));
    const isActive = constantOf<tf.Tensor2D>((term) => tf.cast(tf.greater(term, 0), 'float32'));
    const count = tf.sum(tf.add(tf.mul(pulls, isActive(pull as tf.Tensor2D)), tf.mul(pushes, isActive(push as tf.Tensor2D))));
    const sums = tf.sum<tf.Tensor1D>(tf.add(tf.mul(pulls, pull), tf.mul(pushes, push)), 1); // [n]
    const divisor = tf.maximum(count, 1);
    return { loss: tf.div<tf.Scalar>(tf.sum(sums), divisor), perAnchor: tf.div<tf.Tensor1D>(tf.mul(n, sums), divisor) };
  });
}

function boundaries(labels: tf.Tensor1D, boundary: number, offset: tf.Tensor1D | undefined): tf.Tensor {
  if (offset === undefined) return tf.scalar(boundary);
  if (offset.shape[0] === 1) return tf.add(boundary, offset);
  return tf.add(boundary, tf.expandDims(tf.gather(offset, labels), 1));
}

function checkedUniforms(embeddings: tf.Tensor2D, uniforms: tf.Tensor2D | undefined): tf.Tensor2D {
  if (uniforms === undefined) {
    throw new RangeError(`marginLoss: sampling needs uniforms [n, n] in [0, 1), got none; give them, or take sampling 'all'`);
  }
  const n = embeddings.shape[0];
  checkFloat('marginLoss', 'uniforms', uniforms, { shape: [n, n], like: `embeddings ${shapeOf(embeddings)}` });
  return uniforms;
}

export const marginLossEntry = defineLoss({
  options: {
    margin: number({ default: 0.2, atLeast: 0, describe: 'alpha, margin on both sides of the boundary, a distance' }),
    boundary: number({ default: 1.2, above: 0, describe: 'beta, boundary where training starts, a distance' }),
    sampling: choice(['distanceWeighted', 'uniform', 'all'], { default: 'distanceWeighted', describe: 'one negative an anchor by rarity of its distance, or evenly, or all' }),
    nearest: number({ default: 0.5, above: 0, atMost: 2, describe: 'distances below weigh as this one' }),
    farthest: number({ default: 1.4, above: 0, describe: 'negatives from here on are drawn only for want of nearer ones' }),
    learned: choice(['class', 'global', 'none'], { default: 'class', describe: 'whether the boundary is trained, for each class or for all' }),
  } satisfies SpecsFor<Omit<MarginLossOptions, 'offset' | 'uniforms'> & { readonly learned?: 'class' | 'global' | 'none' }>,
  uses: 'pairs',
  parameters: (classes, _dim, { learned }): TensorSpecs =>
    learned === 'none' ? {} : { offset: { shape: [learned === 'class' ? classes : 1], initial: 'zeros', decay: false } },
  draws: (n, _dim, { sampling }): DrawSpecs => (sampling === 'all' ? {} : { uniforms: { shape: [n, n], distribution: 'uniform' } }),
  apply: ({ embeddings, labels, parameters, draws, options: { learned: _, ...options } }) =>
    marginLoss(embeddings, labels, { ...options, ...parameters, ...draws }),
});
