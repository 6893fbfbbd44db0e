import * as tf from '@tensorflow/tfjs';

import { checkClassified, checkFloat, shapeOf } from '../checks';
import type { LossOutput } from '../loss-output';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { ownScores } from '../math/own-scores';
import { sparseSoftmaxCrossEntropy } from '../math/sparse-softmax-cross-entropy';
import { streamedScores } from '../math/streamed-scores';
import { defineLoss, prototypeRows, type TensorSpecs } from '../loss-entry';
import { classBlockSpec, flag, number, type SpecsFor } from '../options/option-specs';

export interface SoftmaxOptions {
  /** float32 `[c]`, added to the logits. Default: none. */
  readonly bias?: tf.Tensor1D;
  /** Share of the target spread evenly over all c classes. In [0, 1). Default 0; 0.1 is usual in re-identification. */
  readonly labelSmoothing?: number;
  /** Classes whose logits are in memory at a time, for a bound on memory; 0, the default, for all at once. Same values and gradients. Not with smoothing. */
  readonly classBlock?: number;
}

/**
 * Softmax cross-entropy of a linear classifier; nothing is normalised.
 *
 *     L_i = -sum_j t_ij log softmax_j(x_i W^T + b),   t = (1 - e) [j = y_i] + e / c
 *
 * @param embeddings float32 `[n, d]`
 * @param labels int32 `[n]`, values in `[0, c)`; not checked, since reading them would wait for the device
 * @param prototypes float32 `[c, d]`, the classifier's weights W
 * @returns `loss` the mean in nats, `perAnchor` `[n]`
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Szegedy et al., Rethinking the Inception Architecture, CVPR 2016, section 7 (smoothing), https://arxiv.org/abs/1512.00567
 */
export function softmax(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  prototypes: tf.Tensor2D,
  { bias, labelSmoothing = 0, classBlock = 0 }: SoftmaxOptions = {},
): LossOutput {
  checkClassified('softmax', embeddings, labels, prototypes);
  const classes = prototypes.shape[0];
  if (bias !== undefined) {
    checkFloat('softmax', 'bias', bias, { shape: [classes], like: `prototypes ${shapeOf(prototypes)}` });
  }
  checkSoftmaxOptions({ labelSmoothing, classBlock });
  return tf.tidy(() => {
    if (classBlock > 0 && classBlock < classes) {
      const { own, others } = streamedScores(embeddings, labels, prototypes, { classBlock, normalise: false, ...(bias && { bias }) });
      return meanOverAnchors(tf.softplus(tf.sub(others, own)));
    }
    const products = tf.matMul<tf.Tensor2D>(embeddings, prototypes, false, true); // [n, c]
    const logits = bias === undefined ? products : tf.add<tf.Tensor2D>(products, bias);
    const entropy = sparseSoftmaxCrossEntropy(logits, labels); // [n], -log softmax_{y_i}
    if (labelSmoothing === 0) return meanOverAnchors(entropy);
    // what the even share of the target adds: -1/c sum_j log softmax_j = entropy + z_{y_i} - 1/c sum_j z_ij
    const above = tf.sub<tf.Tensor1D>(ownScores(logits, labels), tf.mean<tf.Tensor1D>(logits, 1));
    return meanOverAnchors(tf.add(entropy, tf.mul(labelSmoothing, above)));
  });
}

/** @throws RangeError where the options exclude each other */
function checkSoftmaxOptions({ labelSmoothing, classBlock }: Required<Pick<SoftmaxOptions, 'labelSmoothing' | 'classBlock'>>): void {
  if (labelSmoothing === 0 || classBlock === 0) return;
  throw new RangeError(`softmax: labelSmoothing needs all classes at once, got classBlock ${classBlock}; use 0`);
}

/** Weights and biases of a linear classifier. */
export function classifierRows(classes: number, dim: number): TensorSpecs {
  return { ...prototypeRows(classes, dim), bias: { shape: [classes], initial: 'zeros', decay: false } };
}

export const softmaxEntry = defineLoss({
  options: {
    labelSmoothing: number({ default: 0, atLeast: 0, below: 1, describe: 'share of the target spread over all classes' }),
    classBlock: classBlockSpec,
    biases: flag({ default: true, describe: 'a trained bias for each class; SphereFace, Table 6, leaves it out' }),
  } satisfies SpecsFor<Omit<SoftmaxOptions, 'bias'> & { readonly biases?: boolean }>,
  uses: 'prototypes',
  classRows: ['prototypes', 'bias'],
  check: checkSoftmaxOptions,
  parameters: (classes, dim, { biases }): TensorSpecs => (biases ? classifierRows(classes, dim) : prototypeRows(classes, dim)),
  apply: ({ embeddings, labels, parameters, options: { labelSmoothing, classBlock } }) => {
    const bias = parameters.bias as tf.Tensor1D | undefined;
    return softmax(embeddings, labels, parameters.prototypes as tf.Tensor2D, { labelSmoothing, classBlock, ...(bias === undefined ? {} : { bias }) });
  },
});
