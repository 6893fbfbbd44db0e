import * as tf from '@tensorflow/tfjs';

import { checkClassified, checkFloat, shapeOf } from '../checks';
import type { LossOutput } from '../loss-output';
import { blockSpread } from '../math/block-spread';
import { classBlocks } from '../math/class-blocks';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { defineLoss, type TensorSpecs } from '../loss-entry';
import { choice, number, type SpecsFor } from '../options/option-specs';
import { softmax, classifierRows } from './softmax';

export interface NbcSoftmaxOptions {
  /** float32 `[c]`, added to the logits. Default: none. */
  readonly bias?: tf.Tensor1D;
  /** float32 `[p, d]`, a linear map before the centroids, for the block term alone. Default and paper: none. */
  readonly projection?: tf.Tensor2D;
  /** float32 `[p]`, added after the projection. Default: none. */
  readonly projectionBias?: tf.Tensor1D;
  /** Sharpness `tau` of the kernel, > 0. Paper: 0.2 for one task, 0.3 for several. */
  readonly tau?: number;
  /** `multiply`: e^{tau cos}, as released. `divide`: e^{cos / tau}, a temperature. */
  readonly tauMode?: 'multiply' | 'divide';
  /** Share `rho` of the block term in the sum; in [0, 1]. Paper: 0.5. */
  readonly rho?: number;
  /** What the block term, a mean over K classes, is divided by once more. `classes`: c, as released; `present`: K; `none`: 1. */
  readonly normaliser?: 'classes' | 'present' | 'none';
  /** Whether each row keeps a constant 1 (its own cosine set to 0, then exponentiated), as released, or drops it. */
  readonly selfTerm?: 'keep' | 'drop';
  /** `absolute`: e^{tau |cos|}, as the paper's figure writes it. `signed`: e^{tau cos}, as released. */
  readonly sign?: 'signed' | 'absolute';
}

/**
 * NBC-Softmax: softmax cross-entropy, and a term that drives the centroids of the classes in the batch apart.
 *
 *     L     = (1 - rho) L_softmax + rho L_NBC
 *     L_NBC = 1 / (c K) sum_a log( 1 + sum_{b != a} e^{tau cos(mu_a, mu_b)} ),   mu_a = 1 / n_a sum_{i: y_i = a} x_i
 *
 * a and b run over the K classes of the batch. The defaults are the released code: tau multiplies, c divides (which
 * makes the term very small), the own 1 stays. The paper's figure writes |sim tau|, `sign: 'absolute'`, which draws
 * opposite centroids to a right angle; the code takes no absolute value. Nothing is stopped, but the block term reaches no prototype. It has no positives. With one class
 * in the batch it is 0 with gradient 0; where all embeddings are equal it is at its maximum, with gradient 0. A zero
 * centroid has cosine 0 with all others.
 *
 * @param embeddings float32 `[n, d]`, not normalised
 * @param labels int32 `[n]`, values in `[0, c)`; not checked, since reading them would wait for the device
 * @param prototypes float32 `[c, d]`, the classifier's weights W
 * @returns `loss` in nats; `perAnchor` `[n]`, the block term of each class spread evenly over its examples
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Kulatilleke et al., NBC-Softmax, 2022, https://arxiv.org/abs/2212.08184, https://github.com/gayanku/NBC-Softmax
 */
export function nbcSoftmax(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  prototypes: tf.Tensor2D,
  options: NbcSoftmaxOptions = {},
): LossOutput {
  const { bias, rho = 0.5, normaliser = 'classes', tau = 0.2, tauMode = 'multiply', selfTerm = 'keep', sign = 'signed' } = options;
  checkClassified('nbcSoftmax', embeddings, labels, prototypes);
  checkProjection(embeddings, options);
  return tf.tidy(() => {
    const { ids, present, counts, centroids } = classBlocks(projected(embeddings, options), labels);
    const spread = blockSpread(centroids, present, { sharpness: tauMode === 'multiply' ? tau : 1 / tau, selfTerm, sign }); // [n]
    const blocks = tf.sum(present); // K
    const divisor = normaliser === 'classes' ? prototypes.shape[0] : normaliser === 'present' ? blocks : 1;
    // so that the mean over examples is the mean over classes
    const share = tf.div(labels.shape[0], tf.mul(tf.mul(blocks, divisor), tf.gather(counts, ids))); // [n]
    const apart = tf.mul<tf.Tensor1D>(share, tf.gather(spread, ids));
    const classified = softmax(embeddings, labels, prototypes, { bias }).perAnchor;
    return meanOverAnchors(tf.add(tf.mul(1 - rho, classified), tf.mul(rho, apart)));
  });
}

function projected(x: tf.Tensor2D, { projection, projectionBias }: NbcSoftmaxOptions): tf.Tensor2D {
  if (projection === undefined) return x;
  const mapped = tf.matMul<tf.Tensor2D>(x, projection, false, true); // [n, p]
  return projectionBias === undefined ? mapped : tf.add(mapped, projectionBias);
}

function checkProjection(x: tf.Tensor2D, { projection, projectionBias }: NbcSoftmaxOptions): void {
  if (projection === undefined) return;
  const size = projection.shape[0];
  checkFloat('nbcSoftmax', 'projection', projection, { shape: [size, x.shape[1]], like: `embeddings ${shapeOf(x)}` });
  if (projectionBias === undefined) return;
  checkFloat('nbcSoftmax', 'projectionBias', projectionBias, { shape: [size], like: `projection ${shapeOf(projection)}` });
}

export const nbcSoftmaxEntry = defineLoss({
  options: {
    tau: number({ default: 0.2, above: 0, describe: 'sharpness of the kernel over cosines of centroids' }),
    tauMode: choice(['multiply', 'divide'], { default: 'multiply', describe: 'whether tau multiplies the cosine or divides it' }),
    rho: number({ default: 0.5, atLeast: 0, atMost: 1, describe: 'share of the block term in the sum' }),
    normaliser: choice(['classes', 'present', 'none'], { default: 'classes', describe: 'what divides the mean over classes once more' }),
    selfTerm: choice(['keep', 'drop'], { default: 'keep', describe: 'whether each row keeps its constant 1' }),
    sign: choice(['signed', 'absolute'], { default: 'signed', describe: 'cosines as they are, or their size alone' }),
    projectionSize: number({ default: 0, atLeast: 0, integer: true, describe: 'outputs of the linear map before the centroids, 0 for none' }),
  } satisfies SpecsFor<Omit<NbcSoftmaxOptions, 'bias' | 'projection' | 'projectionBias'> & { readonly projectionSize?: number }>,
  uses: 'prototypes',
  parameters: (classes, dim, { projectionSize: size }): TensorSpecs => ({
    ...classifierRows(classes, dim),
    ...(size > 0 ? { projection: { shape: [size, dim], initial: 'xavierUniform', decay: true } } : {}),
    ...(size > 0 ? { projectionBias: { shape: [size], initial: 'zeros', decay: false } } : {}),
  }),
  apply: ({ embeddings, labels, parameters, options }) =>
    nbcSoftmax(embeddings, labels, parameters.prototypes as tf.Tensor2D, { ...options, ...parameters }),
});
