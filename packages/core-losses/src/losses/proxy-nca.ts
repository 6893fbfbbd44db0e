import * as tf from '@tensorflow/tfjs';

import { checkClassified } from '../checks';
import type { LossOutput } from '../loss-output';
import { classMask } from '../math/class-mask';
import { cosineMatrix } from '../math/cosine-matrix';
import { maskedLogSumExp } from '../math/masked-log-sum-exp';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { sparseSoftmaxCrossEntropy } from '../math/sparse-softmax-cross-entropy';
import { defineLoss, prototypeRows } from '../loss-entry';
import { choice, number, type SpecsFor } from '../options/option-specs';

export interface ProxyNcaOptions {
  /** Length `sigma_x` that embeddings are brought to; > 0. Released code: 3; 1 in one reproduction. */
  readonly embeddingScale?: number;
  /** Length `sigma_p` that proxies are brought to; > 0. Released code: 3. */
  readonly proxyScale?: number;
  /** `others`: without the own proxy, the paper's form. `all`: with it, as in Proxy-NCA++ and in released code. */
  readonly denominator?: 'others' | 'all';
  /** Share `e` of the target that is spread over the other classes; in [0, 1). Paper: 0; one reproduction: 0.1. */
  readonly labelSmoothing?: number;
}

/**
 * Proxy-NCA: each embedding near the proxy of its class, far from all others. `denominator: 'all'` is Proxy-NCA++.
 *
 *     L_i = -log( e^{-d(x_i, p_y)} / sum_{z != y} e^{-d(x_i, p_z)} ),   d(x, p) = |sigma_x x/|x| - sigma_p p/|p||^2
 *
 * Since d = sigma_x^2 + sigma_p^2 - 2 sigma_x sigma_p cos, only the cosines times 2 sigma_x sigma_p are left. Scales of 3
 * are the temperature 1/9 of Proxy-NCA++. With `others` the loss is not bounded below. With smoothing,
 * -d(x_i, p_y) becomes (1 - e) (-d(x_i, p_y)) - e/(c-1) sum_{z != y} d(x_i, p_z). Nothing is stopped. With one class
 * there is no other proxy, and the loss is 0 with gradient 0. The trained proxies take a learning rate of their own in the
 * papers, far above the network's.
 *
 * @param embeddings float32 `[n, d]`, any norm
 * @param labels int32 `[n]`, values in `[0, c)`; not checked, since reading them would wait for the device
 * @param prototypes float32 `[c, d]`, the proxies, any norm
 * @returns `loss` the mean in nats, `perAnchor` `[n]`
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Movshovitz-Attias et al., No Fuss Distance Metric Learning using Proxies, ICCV 2017, https://arxiv.org/abs/1703.07464;
 *   Teh et al., ProxyNCA++, ECCV 2020, https://arxiv.org/abs/2004.01113
 */
export function proxyNca(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  prototypes: tf.Tensor2D,
  { embeddingScale = 3, proxyScale = 3, denominator = 'others', labelSmoothing = 0 }: ProxyNcaOptions = {},
): LossOutput {
  checkClassified('proxyNca', embeddings, labels, prototypes);
  return tf.tidy(() => {
    const logits = tf.mul<tf.Tensor2D>(2 * embeddingScale * proxyScale, cosineMatrix(embeddings, prototypes)); // [n, c]
    const againstAll = sparseSoftmaxCrossEntropy(logits, labels);
    const plain = denominator === 'all' ? againstAll : againstOthers(logits, labels);
    if (labelSmoothing === 0) return meanOverAnchors(plain);
    return meanOverAnchors(tf.add(plain, tf.mul(labelSmoothing, ownLead(logits, labels))));
  });
}

/** log sum_{z != y} e^{z} - z_y, `[n]`; 0 with one class, where the sum is empty. */
function againstOthers(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  const isTarget = classMask(labels, logits.shape[1]); // [n, c]
  const own = tf.sum<tf.Tensor1D>(tf.mul(logits, isTarget), 1);
  if (logits.shape[1] === 1) return tf.mul(0, own);
  return tf.sub(maskedLogSumExp(logits, tf.sub(1, isTarget)), own);
}

/** The own logit less the mean of the others, `[n]`; 0 with one class. */
function ownLead(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  const classes = logits.shape[1];
  if (classes === 1) return tf.mul(0, tf.squeeze<tf.Tensor1D>(logits, [1]));
  const own = tf.sum<tf.Tensor1D>(tf.mul(logits, classMask(labels, classes)), 1);
  const others = tf.sub(tf.sum<tf.Tensor1D>(logits, 1), own);
  return tf.sub(own, tf.div(others, classes - 1));
}

export const proxyNcaEntry = defineLoss({
  options: {
    embeddingScale: number({ default: 3, above: 0, describe: 'length that embeddings are brought to' }),
    proxyScale: number({ default: 3, above: 0, describe: 'length that proxies are brought to' }),
    denominator: choice(['others', 'all'], { default: 'others', describe: 'without the own proxy, or with it as in Proxy-NCA++' }),
    labelSmoothing: number({ default: 0, atLeast: 0, below: 1, describe: 'share of the target spread over the other classes' }),
  } satisfies SpecsFor<ProxyNcaOptions>,
  uses: 'prototypes',
  parameters: (classes, dim) => prototypeRows(classes, dim),
  apply: ({ embeddings, labels, parameters, options }) =>
    proxyNca(embeddings, labels, parameters.prototypes as tf.Tensor2D, options),
});
