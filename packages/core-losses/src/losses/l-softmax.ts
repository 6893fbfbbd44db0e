import * as tf from '@tensorflow/tfjs';

import { checkClassified } from '../checks';
import type { LossOutput } from '../loss-output';
import { annealedPsi } from '../math/annealed-psi';
import { withTarget } from '../math/margin-softmax';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { rowNorms } from '../math/row-norms';
import { sparseSoftmaxCrossEntropy } from '../math/sparse-softmax-cross-entropy';
import { defineLoss, prototypeRows } from '../loss-entry';
import { number, type SpecsFor } from '../options/option-specs';

export interface LSoftmaxOptions {
  /** Multiplier `m` of the target angle: 1, 2, 3 or 4. Paper: 2 to 4, best at 4. With 1 it is softmax without a bias. */
  readonly margin?: number;
  /**
   * Weight of the plain cosine in the target, >= 0; annealed during training, see `annealedLambda`.
   * A number or float32 scalar. Paper: falls from a large value, such as 1000, to a small one, such as 5. Default 0.
   */
  readonly lambda?: number | tf.Scalar;
}

/**
 * Large-margin softmax loss (L-Softmax): a multiplicative angular margin on products that keep both norms.
 *
 *     L_i = -log( e^{z_y} / (e^{z_y} + sum_{j != y} e^{w_j . x_i}) ),   z_y = |w_y| |x_i| (lambda cos_y + psi(theta_y)) / (1 + lambda)
 *     psi(theta) = (-1)^k cos(m theta) - 2k   on [k pi / m, (k + 1) pi / m]
 *
 * Nothing is normalised and there is no bias: A-Softmax (`sphereface`) is the same loss with |w_j| = 1. Stopped: the
 * piece k. A zero embedding has loss ln c; with one class the loss is 0. Equal embeddings need nothing special.
 *
 * @param embeddings float32 `[n, d]`, any norm
 * @param labels int32 `[n]`, values in `[0, c)`; not checked, since reading them would wait for the device
 * @param prototypes float32 `[c, d]`, the classifier's weights W, any norm
 * @returns `loss` the mean in nats, `perAnchor` `[n]`
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Liu et al., Large-Margin Softmax Loss for Convolutional Neural Networks, ICML 2016, eqs. 4 to 7, https://arxiv.org/abs/1612.02295
 */
export function lSoftmax(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  prototypes: tf.Tensor2D,
  { margin = 4, lambda = 0 }: LSoftmaxOptions = {},
): LossOutput {
  checkClassified('lSoftmax', embeddings, labels, prototypes);
  return tf.tidy(() => {
    const ownNorms = rowNorms(tf.gather(prototypes, labels)); // [n, 1]
    const lengths = tf.squeeze<tf.Tensor1D>(tf.mul(rowNorms(embeddings), ownNorms), [1]); // [n], |x_i| |w_y|
    const products = tf.matMul<tf.Tensor2D>(embeddings, prototypes, false, true); // [n, c]
    const logits = withTarget(products, labels, (target) =>
      tf.mul(lengths, annealedPsi(tf.div(target, lengths), margin, lambda)),
    );
    return meanOverAnchors(sparseSoftmaxCrossEntropy(logits, labels));
  });
}

export const lSoftmaxEntry = defineLoss({
  options: {
    margin: number({ default: 4, atLeast: 1, atMost: 4, integer: true, describe: 'multiplier m of the target angle' }),
    lambda: number({ default: 0, atLeast: 0, describe: 'weight of the plain cosine where the schedule feeds none' }),
  } satisfies SpecsFor<Omit<LSoftmaxOptions, 'lambda'> & { readonly lambda?: number }>,
  uses: 'prototypes',
  classRows: ['prototypes'],
  parameters: (classes, dim) => prototypeRows(classes, dim),
  annealed: ['lambda'],
  apply: ({ embeddings, labels, parameters, annealed, options }) =>
    lSoftmax(embeddings, labels, parameters.prototypes as tf.Tensor2D, { ...options, lambda: annealed.lambda ?? options.lambda }),
});
