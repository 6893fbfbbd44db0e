import * as tf from '@tensorflow/tfjs';

import { checkClassified } from '../checks';
import type { LossOutput } from '../loss-output';
import { firstOfClass } from '../math/first-of-class';
import { defineLoss } from '../loss-entry';
import { choice, number, type SpecsFor } from '../options/option-specs';
import { groupLoss, type GroupLossOptions } from './group-loss';
import { classifierRows } from './softmax';

export interface GroupOptions extends GroupLossOptions {
  /** float32 `[c]`, added to the logits. Default: none. */
  readonly bias?: tf.Tensor1D;
  /** How many examples of each class are anchors, the first in the batch. Released: 2 of 9 (CUB), 3 of 7 (Cars), 2 of 6 (SOP), 1 of 5 (++, the default). */
  readonly anchorsPerClass?: number;
}

/**
 * Group Loss with its own linear classifier, and the first examples of each class as anchors.
 *
 *     s_i = W x_i + b,   L = groupLoss(x, y, s, anchors)
 *
 * Anchors depend on the order of the batch, which has to be random within a class, as the released code has it; for
 * other anchors call `groupLoss`. For batches without positives, with one class or with equal embeddings see there.
 *
 * @param embeddings float32 `[n, d]`, not normalised
 * @param labels int32 `[n]`, values in `[0, c)`; not checked, since reading them would wait for the device
 * @param prototypes float32 `[c, d]`, the classifier's weights W
 * @returns `loss` the mean over all n in nats, `perAnchor` `[n]`
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Elezi et al., The Group Loss for Deep Metric Learning, ECCV 2020, https://arxiv.org/abs/1912.00385
 */
export function group(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  prototypes: tf.Tensor2D,
  { bias, anchorsPerClass = 1, ...options }: GroupOptions = {},
): LossOutput {
  checkClassified('group', embeddings, labels, prototypes);
  return tf.tidy(() => {
    const products = tf.matMul<tf.Tensor2D>(embeddings, prototypes, false, true); // [n, c]
    const logits = bias === undefined ? products : tf.add<tf.Tensor2D>(products, bias);
    return groupLoss(embeddings, labels, logits, firstOfClass(labels, anchorsPerClass), options);
  });
}

export const groupEntry = defineLoss({
  options: {
    anchorsPerClass: number({ default: 1, atLeast: 0, integer: true, describe: 'how many of each class are anchors, the first in the batch' }),
    temperature: number({ default: 40, above: 0, describe: 'divides the logits of the priors' }),
    steps: number({ default: 1, atLeast: 0, integer: true, describe: 'refinement steps T' }),
    similarity: choice(['pearson', 'cosine'], { default: 'pearson', describe: 'correlation over the features, or cosine' }),
    negatives: choice(['clamp', 'shift'], { default: 'clamp', describe: 'negative similarities at 0, or all shifted' }),
    diagonal: choice(['zero', 'one'], { default: 'zero', describe: 'weight of an example with itself' }),
    priors: choice(['all', 'present', 'uniform'], { default: 'all', describe: 'classes of the softmax that starts the labels' }),
    crossEntropyWeight: number({ default: 0, atLeast: 0, describe: 'weight of the plain cross-entropy' }),
  } satisfies SpecsFor<Omit<GroupOptions, 'bias'>>,
  uses: 'pairs',
  parameters: (classes, dim) => classifierRows(classes, dim),
  apply: ({ embeddings, labels, parameters, options }) =>
    group(embeddings, labels, parameters.prototypes as tf.Tensor2D, { ...options, bias: parameters.bias as tf.Tensor1D }),
});
