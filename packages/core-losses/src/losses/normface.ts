import * as tf from '@tensorflow/tfjs';

import { checkClassified } from '../checks';
import type { LossOutput } from '../loss-output';
import { classifyWithMargin } from '../math/margin-softmax';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { defineLoss, prototypeRows } from '../loss-entry';
import { classBlockSpec, number, type SpecsFor } from '../options/option-specs';

export interface NormfaceOptions {
  /** Hypersphere radius `s`; multiplies every cosine. Unitless, > 0. Default 64, as CosFace and ArcFace use for this baseline; ArcFace also 20. */
  readonly scale?: number;
  /** Classes whose cosines are in memory at a time, for a bound on memory; 0, the default, for all at once. Same values and gradients. */
  readonly classBlock?: number;
}

/**
 * Normalised softmax (NormFace, NSL): softmax cross-entropy of scaled cosines, without a margin.
 *
 *     L_i = -log( e^{s cos_y} / sum_j e^{s cos_j} )
 *
 * Both norms are divided out inside the graph; nothing is detached.
 *
 * @param embeddings float32 `[n, d]`, any norm
 * @param labels int32 `[n]`, values in `[0, c)`; not checked, since reading them would wait for the device
 * @param prototypes float32 `[c, d]`, the trainable class weights W, any norm
 * @returns `loss` the mean in nats, `perAnchor` `[n]`
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Wang et al., NormFace, ACM MM 2017, https://arxiv.org/abs/1704.06369
 */
export function normface(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  prototypes: tf.Tensor2D,
  { scale = 64, classBlock = 0 }: NormfaceOptions = {},
): LossOutput {
  checkClassified('normface', embeddings, labels, prototypes);
  return tf.tidy(() => meanOverAnchors(classifyWithMargin(embeddings, labels, prototypes, { scale, classBlock })));
}

export const normfaceEntry = defineLoss({
  options: {
    scale: number({ default: 64, above: 0, describe: 'hypersphere radius s, multiplies every cosine' }),
    classBlock: classBlockSpec,
  } satisfies SpecsFor<NormfaceOptions>,
  uses: 'prototypes',
  classRows: ['prototypes'],
  parameters: (classes, dim) => prototypeRows(classes, dim),
  apply: ({ embeddings, labels, parameters, options }) =>
    normface(embeddings, labels, parameters.prototypes as tf.Tensor2D, options),
});
