import * as tf from '@tensorflow/tfjs';

import { checkClassified } from '../checks';
import type { UndividedLossOutput } from '../loss-output';
import { classMask } from '../math/class-mask';
import { cosineMatrix } from '../math/cosine-matrix';
import { maskedLogSumExp } from '../math/masked-log-sum-exp';
import { defineLoss, prototypeRows } from '../loss-entry';
import { number, type SpecsFor } from '../options/option-specs';

export interface ProxyAnchorOptions {
  /** `alpha`, multiplies every cosine. Unitless, > 0. Paper: 32. */
  readonly scale?: number;
  /** Margin `delta` off positive and onto negative cosines. Unitless, in [0, 1]. Paper: 0.1. */
  readonly margin?: number;
}

/**
 * Proxy-Anchor loss: each proxy is an anchor against the whole batch, its hardest examples weigh most.
 *
 *     L = 1/|P+| sum_{p in P+} log(1 + sum_{x in X_p+} e^{-alpha (cos(x, p) - delta)})
 *       + 1/|P|  sum_{p in P}  log(1 + sum_{x in X_p-} e^{alpha (cos(x, p) + delta)})
 *
 * P are all c proxies, P+ those whose class is in the batch. The sums run over the batch, so that terms belong to proxies and
 * not to examples: there is no `perAnchor`. Nothing is stopped. A proxy without negatives in the batch (one class) gives 0
 * in the second sum, one without positives has no part in the first.
 *
 * @param embeddings float32 `[n, d]`, any norm
 * @param labels int32 `[n]`, values in `[0, c)`; not checked, since reading them would wait for the device
 * @param prototypes float32 `[c, d]`, the proxies, any norm
 * @returns `loss` in nats
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Kim et al., Proxy Anchor Loss, CVPR 2020, eq. 4, https://arxiv.org/abs/2003.13911
 */
export function proxyAnchor(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  prototypes: tf.Tensor2D,
  { scale = 32, margin = 0.1 }: ProxyAnchorOptions = {},
): UndividedLossOutput {
  checkClassified('proxyAnchor', embeddings, labels, prototypes);
  return tf.tidy(() => {
    const cosine = cosineMatrix(embeddings, prototypes); // [n, c]
    const isPositive = classMask(labels, prototypes.shape[0]); // [n, c]
    const pull = tf.softplus(maskedLogSumExp<tf.Tensor1D>(tf.mul(-scale, tf.sub(cosine, margin)), isPositive, 0)); // [c]
    const push = tf.softplus(maskedLogSumExp<tf.Tensor1D>(tf.mul(scale, tf.add(cosine, margin)), tf.sub(1, isPositive), 0)); // [c]
    const present = tf.maximum(tf.sum(tf.max(isPositive, 0)), 1); // |P+|
    return { loss: tf.add<tf.Scalar>(tf.div(tf.sum(pull), present), tf.mean(push)) };
  });
}

export const proxyAnchorEntry = defineLoss({
  options: {
    scale: number({ default: 32, above: 0, describe: 'alpha, multiplies every cosine' }),
    margin: number({ default: 0.1, atLeast: 0, atMost: 1, describe: 'delta off positive and onto negative cosines' }),
  } satisfies SpecsFor<ProxyAnchorOptions>,
  uses: 'prototypes',
  parameters: (classes, dim) => prototypeRows(classes, dim),
  apply: ({ embeddings, labels, parameters, options }) =>
    proxyAnchor(embeddings, labels, parameters.prototypes as tf.Tensor2D, options),
});
