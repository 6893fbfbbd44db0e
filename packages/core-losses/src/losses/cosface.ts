import * as tf from '@tensorflow/tfjs';

import { checkClassified } from '../checks';
import type { LossOutput } from '../loss-output';
import { classifyWithMargin } from '../math/margin-softmax';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { rowNorms } from '../math/row-norms';
import { defineLoss, prototypeRows } from '../loss-entry';
import { classBlockSpec, flag, number, type SpecsFor } from '../options/option-specs';

export interface CosfaceOptions {
  /** Hypersphere radius `s`; multiplies every cosine. Unitless, > 0. Paper: 64. Not used without `normaliseFeatures`. */
  readonly scale?: number;
  /** Margin `m` taken off the target cosine. Unitless, in [0, 2). Paper: 0.35. */
  readonly margin?: number;
  /** Whether embeddings are brought to length `scale`. Paper: true; false is the first row of its Table 1. */
  readonly normaliseFeatures?: boolean;
  /** Classes whose cosines are in memory at a time, for a bound on memory; 0, the default, for all at once. Same values and gradients. */
  readonly classBlock?: number;
}

/**
 * CosFace (large-margin cosine) loss.
 *
 *     L_i = -log( e^{s(cos_y - m)} / (e^{s(cos_y - m)} + sum_{j != y} e^{s cos_j}) )
 *
 * Norms are divided out inside the graph; nothing is detached. `margin: 0` is the normalised softmax loss.
 * Without `normaliseFeatures` each embedding's own norm takes the place of s; the paper starts that variant from a
 * network trained with softmax, since shrinking the norm also lowers the loss.
 *
 * @param embeddings float32 `[n, d]`, any norm
 * @param labels int32 `[n]`, values in `[0, c)`; not checked, since reading them would wait for the device
 * @param prototypes float32 `[c, d]`, the trainable class weights W, any norm
 * @returns `loss` the mean in nats, `perAnchor` `[n]`
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Wang et al., CosFace, CVPR 2018, eq. 4, https://arxiv.org/abs/1801.09414
 */
export function cosface(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  prototypes: tf.Tensor2D,
  { scale = 64, margin = 0.35, normaliseFeatures = true, classBlock = 0 }: CosfaceOptions = {},
): LossOutput {
  checkClassified('cosface', embeddings, labels, prototypes);
  return tf.tidy(() =>
    meanOverAnchors(
      classifyWithMargin(embeddings, labels, prototypes, {
        classBlock,
        scale: normaliseFeatures ? scale : rowNorms(embeddings),
        penalise: (cosine) => tf.sub(cosine, margin),
      }),
    ),
  );
}

export const cosfaceEntry = defineLoss({
  options: {
    scale: number({ default: 64, above: 0, describe: 'hypersphere radius s, multiplies every cosine' }),
    margin: number({ default: 0.35, atLeast: 0, below: 2, describe: 'margin m taken off the target cosine' }),
    normaliseFeatures: flag({ default: true, describe: 'bring embeddings to length scale; else their own norm counts' }),
    classBlock: classBlockSpec,
  } satisfies SpecsFor<CosfaceOptions>,
  uses: 'prototypes',
  classRows: ['prototypes'],
  parameters: (classes, dim) => prototypeRows(classes, dim),
  apply: ({ embeddings, labels, parameters, options }) =>
    cosface(embeddings, labels, parameters.prototypes as tf.Tensor2D, options),
});
