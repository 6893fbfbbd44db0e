import * as tf from '@tensorflow/tfjs';

import { checkEmbedded, checkTwoViews } from '../checks';
import type { LossOutput } from '../loss-output';
import { contrastiveTerms } from '../math/contrastive-terms';
import { gram } from '../math/gram';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { unitRows } from '../math/unit-rows';
import { otherViews } from '../math/view-pairs';
import { defineLoss } from '../loss-entry';
import { flag, number, type SpecsFor } from '../options/option-specs';

export interface SimclrOptions {
  /** Temperature `tau`; divides every cosine. Unitless, > 0. Paper: 0.1 on ImageNet, 0.5 on CIFAR-10. */
  readonly temperature?: number;
  /** Whether rows are brought to length 1 first. Paper: true; false is a row of its Table 5. */
  readonly normalise?: boolean;
}

/**
 * SimCLR's NT-Xent: the other view of the same image against every other row of the batch, without labels.
 *
 *     L_i = -log( e^{z_i z_j(i) / tau} / sum_{a != i} e^{z_i z_a / tau} )
 *
 * Rows are view-major, as `supcon` takes them: all first views, then all second views of the same images, so that j(i) is
 * n rows on. The labels have no part in it, an image of the same class is a negative; they are there because every loss
 * takes them. Nothing is stopped. A single image gives 0 with gradient 0; equal embeddings give log(2n - 1) with gradient 0.
 *
 * @param embeddings float32 `[2n, d]`, any norm
 * @param labels int32 `[2n]`, not used
 * @returns `loss` the mean over all rows, in nats; `perAnchor` `[2n]`
 * @throws RangeError if the shapes do not fit together or the rows are odd in number, TypeError for a wrong dtype
 * @see Chen et al., A Simple Framework for Contrastive Learning of Visual Representations, eq. 1, https://arxiv.org/abs/2002.05709
 */
export function simclr(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  { temperature = 0.1, normalise = true }: SimclrOptions = {},
): LossOutput {
  checkEmbedded('simclr', embeddings, labels);
  checkTwoViews('simclr', embeddings);
  return tf.tidy(() => {
    const z = normalise ? unitRows(embeddings) : embeddings;
    const scores = tf.div<tf.Tensor2D>(gram(z), temperature); // [2n, 2n]
    const rows = scores.shape[0];
    const positive = otherViews(rows);
    const negative = tf.sub<tf.Tensor2D>(tf.sub(1, positive), tf.eye(rows));
    return meanOverAnchors(contrastiveTerms(scores, { positive, negative }, { form: 'out', denominator: 'all' }));
  });
}

export const simclrEntry = defineLoss({
  options: {
    temperature: number({ default: 0.1, above: 0, describe: 'temperature tau, divides every cosine' }),
    normalise: flag({ default: true, describe: 'bring embeddings to length 1 first' }),
  } satisfies SpecsFor<SimclrOptions>,
  uses: 'pairs',
  parameters: () => ({}),
  apply: ({ embeddings, labels, options }) => simclr(embeddings, labels, options),
});
