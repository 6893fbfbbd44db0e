import * as tf from '@tensorflow/tfjs';

import { checkClassified } from '../checks';
import type { LossOutput } from '../loss-output';
import { annealedPsi } from '../math/annealed-psi';
import { cosineMatrix } from '../math/cosine-matrix';
import { marginSoftmax } from '../math/margin-softmax';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { releasedSpherefaceLogits } from '../math/released-sphereface-logits';
import { rowNorms } from '../math/row-norms';
import { constantPsi } from '../math/sphereface-psi';
import { sparseSoftmaxCrossEntropy } from '../math/sparse-softmax-cross-entropy';
import { stopGradient } from '../math/constant-of';
import { defineLoss, prototypeRows } from '../loss-entry';
import { choice, flag, number, type SpecsFor } from '../options/option-specs';

export interface SpherefaceOptions {
  /** Multiplier `m` of the target angle. 1, 2, 3 or 4 (paper: 4); any real >= 1 in the `detached` form (its paper: 1.5). */
  readonly margin?: number;
  /**
   * Weight of the plain cosine in the target, >= 0; annealed during training, see `annealedLambda`.
   * A number or float32 scalar. Paper: 1000 falling to 5. Not used in the `detached` form. Default 0.
   */
  readonly lambda?: number | tf.Scalar;
  /**
   * `original`: A-Softmax. `detached`: SphereFace-R, where embeddings have length `scale` and the margin is in the
   * value of the target, while its gradient is that of the plain cosine.
   */
  readonly form?: 'original' | 'detached';
  /** `exact`: the derivative. `released`: the surrogate of the authors' Caffe layer; the value is the same. `original` form only. */
  readonly gradient?: 'exact' | 'released';
  /** Whether embeddings are brought to length `scale` (A-Softmax-NormFea in CosFace's Table 2). Paper: false. */
  readonly normaliseFeatures?: boolean;
  /** Length `s` of normalised embeddings, > 0. SphereFace-R: 30. Not used where features keep their norm. */
  readonly scale?: number;
}

/**
 * SphereFace (A-Softmax) loss: a multiplicative angular margin.
 *
 *     L_i = -log( e^{|x| f} / (e^{|x| f} + sum_{j != y} e^{|x| cos_j}) ),   f = (lambda cos_y + psi(theta_y)) / (1 + lambda)
 *     psi(theta) = (-1)^k cos(m theta) - 2k   on [k pi / m, (k + 1) pi / m]
 *
 * Prototypes are normalised inside the graph, embeddings are not. A zero embedding has loss ln c.
 *
 * @param embeddings float32 `[n, d]`
 * @param labels int32 `[n]`, values in `[0, c)`; not checked, since reading them would wait for the device
 * @param prototypes float32 `[c, d]`, the trainable class weights W, any norm. The `released` gradient is that of the unit
 *   rows, passed on unchanged: its authors store W normalised
 * @returns `loss` the mean in nats, `perAnchor` `[n]`
 * @throws RangeError if the shapes or the options do not fit together, TypeError for a wrong dtype
 * @see Liu et al., SphereFace, CVPR 2017, eq. 7, https://arxiv.org/abs/1704.08063; SphereFace Revived, TPAMI 2022, https://arxiv.org/abs/2109.05565
 */
export function sphereface(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  prototypes: tf.Tensor2D,
  options: SpherefaceOptions = {},
): LossOutput {
  const { margin = 4, lambda = 0, form = 'original', gradient = 'exact', normaliseFeatures = false, scale = 30 } = options;
  checkClassified('sphereface', embeddings, labels, prototypes);
  checkSpherefaceOptions({ margin, form, gradient, normaliseFeatures });
  return tf.tidy(() => {
    if (gradient === 'released') {
      const logits = releasedSpherefaceLogits(embeddings, labels, prototypes, { margin, lambda });
      return meanOverAnchors(sparseSoftmaxCrossEntropy(logits, labels));
    }
    const annealed = (cosine: tf.Tensor1D): tf.Tensor1D => annealedPsi(cosine, margin, lambda);
    const detached = (cosine: tf.Tensor1D): tf.Tensor1D =>
      tf.add(cosine, tf.sub(constantPsi(cosine, margin), stopGradient(cosine)));
    return meanOverAnchors(
      marginSoftmax(cosineMatrix(embeddings, prototypes), labels, {
        scale: normaliseFeatures || form === 'detached' ? scale : rowNorms(embeddings),
        penalise: form === 'detached' ? detached : annealed,
      }),
    );
  });
}

/** @throws RangeError where margin, form and gradient exclude each other */
export function checkSpherefaceOptions(
  options: Required<Pick<SpherefaceOptions, 'margin' | 'form' | 'gradient' | 'normaliseFeatures'>>,
): void {
  const { margin, form, gradient, normaliseFeatures } = options;
  if (form === 'original' && ![1, 2, 3, 4].includes(margin)) {
    throw new RangeError(`sphereface: margin must be 1, 2, 3 or 4, got ${margin}; form 'detached' takes any number >= 1`);
  }
  if (gradient === 'released' && (form === 'detached' || normaliseFeatures)) {
    throw new RangeError(`sphereface: gradient 'released' exists only for form 'original' without normaliseFeatures`);
  }
}

export const spherefaceEntry = defineLoss({
  options: {
    margin: number({ default: 4, atLeast: 1, describe: 'multiplier m of the target angle; integer up to 4 in the original form' }),
    lambda: number({ default: 0, atLeast: 0, describe: 'weight of the plain cosine where the schedule feeds none' }),
    form: choice(['original', 'detached'], { default: 'original', describe: 'A-Softmax, or SphereFace-R' }),
    gradient: choice(['exact', 'released'], { default: 'exact', describe: "derivative, or the authors' layer" }),
    normaliseFeatures: flag({ default: false, describe: 'bring embeddings to length scale' }),
    scale: number({ default: 30, above: 0, describe: 'length of normalised embeddings' }),
  } satisfies SpecsFor<Omit<SpherefaceOptions, 'lambda'> & { readonly lambda?: number }>,
  uses: 'prototypes',
  classRows: ['prototypes'],
  parameters: (classes, dim) => prototypeRows(classes, dim),
  annealed: ['lambda'],
  check: checkSpherefaceOptions,
  apply: ({ embeddings, labels, parameters, annealed, options }) =>
    sphereface(embeddings, labels, parameters.prototypes as tf.Tensor2D, { ...options, lambda: annealed.lambda ?? options.lambda }),
});
