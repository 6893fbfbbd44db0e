import * as tf from '@tensorflow/tfjs';

import { checkEmbedded, checkTwoViews } from '../checks';
import type { LossOutput } from '../loss-output';
import { pairMasks } from '../math/batch-hard';
import { contrastiveTerms, type ContrastiveDenominator } from '../math/contrastive-terms';
import { gram } from '../math/gram';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { unitRows } from '../math/unit-rows';
import { limitedPositives } from '../math/view-pairs';
import { defineLoss } from '../loss-entry';
import { choice, flag, number, type SpecsFor } from '../options/option-specs';

export interface SupconOptions {
  /** Mean over positives `out`side the logarithm (eq. 2, used everywhere) or `in`side (eq. 3, the paper's ablation). */
  readonly form?: 'out' | 'in';
  /** Temperature `tau`; divides every cosine. Unitless, > 0. Paper: 0.1. */
  readonly temperature?: number;
  /** `all`: every other row, as the paper. `onePositive`, `onlyNegatives`: modes of the released TensorFlow code. */
  readonly denominator?: ContrastiveDenominator;
  /** At most this many positives, the other view included: odd, or 0 for all. Paper's supplement: 1 to 9, and all. */
  readonly maxPositives?: number;
  /** Factor on the loss. Paper: `none`. Released code: `temperature` tau (TensorFlow), `baseTemperature` tau / 0.07 (PyTorch). */
  readonly rescale?: 'none' | 'temperature' | 'baseTemperature';
  /** Whether rows are brought to length 1 first. Paper: true. */
  readonly normalise?: boolean;
}

/**
 * Supervised contrastive loss: every other row of the class is a positive, every other row of the batch is weighed against it.
 *
 *     out: L_i = -1/|P(i)| sum_{p in P(i)} log( e^{z_i z_p / tau} / sum_{a != i} e^{z_i z_a / tau} )
 *     in:  L_i = -log( 1/|P(i)| sum_{p in P(i)} e^{z_i z_p / tau} / sum_{a != i} e^{z_i z_a / tau} )
 *
 * Rows are view-major: all first views, then all second views of the same images, labels twice. Their order matters for
 * `maxPositives` alone; the positives it leaves out are not in the denominator either. Nothing is stopped.
 * An anchor without a positive gives 0 and is counted in the mean, as in both released codes. With one class or equal
 * embeddings `in` is log(2n - 1), its gradient 0; `out` is at least that. With `onlyNegatives` an anchor without a negative gives 0.
 *
 * @param embeddings float32 `[2n, d]`, any norm
 * @param labels int32 `[2n]`, any values
 * @returns `loss` the mean over all rows, in nats times the factor of `rescale`; `perAnchor` `[2n]`
 * @throws RangeError if the shapes do not fit together or `maxPositives` is even, TypeError for a wrong dtype
 * @see Khosla et al., Supervised Contrastive Learning, eqs. 2 and 3, https://arxiv.org/abs/2004.11362; code https://github.com/google-research/google-research/tree/master/supcon, https://github.com/HobbitLong/SupContrast
 */
export function supcon(embeddings: tf.Tensor2D, labels: tf.Tensor1D, options: SupconOptions = {}): LossOutput {
  const { form = 'out', temperature = 0.1, denominator = 'all', maxPositives = 0, rescale = 'none', normalise = true } = options;
  checkEmbedded('supcon', embeddings, labels);
  checkSupconOptions({ maxPositives });
  if (maxPositives > 0) checkTwoViews('supcon', embeddings);
  return tf.tidy(() => {
    const z = normalise ? unitRows(embeddings) : embeddings;
    const scores = tf.div<tf.Tensor2D>(gram(z), temperature); // [2n, 2n]
    const { positive, negative } = pairMasks(labels);
    const kept = maxPositives === 0 ? positive : tf.mul<tf.Tensor2D>(positive, limitedPositives(labels, (maxPositives - 1) / 2));
    const terms = contrastiveTerms(scores, { positive: kept, negative }, { form, denominator });
    return meanOverAnchors(tf.mul(factors(temperature)[rescale], terms));
  });
}

const factors = (temperature: number) => ({ none: 1, temperature, baseTemperature: temperature / 0.07 });

/** @throws RangeError where a number of positives would split an image's two views */
function checkSupconOptions({ maxPositives }: Required<Pick<SupconOptions, 'maxPositives'>>): void {
  if (maxPositives !== 0 && maxPositives % 2 !== 1) {
    throw new RangeError(`supcon: maxPositives must be odd, the other view and pairs of views, or 0 for all, got ${maxPositives}`);
  }
}

export const supconEntry = defineLoss({
  options: {
    form: choice(['out', 'in'], { default: 'out', describe: 'mean over positives outside or inside the logarithm' }),
    temperature: number({ default: 0.1, above: 0, describe: 'temperature tau, divides every cosine' }),
    denominator: choice(['all', 'onePositive', 'onlyNegatives'], { default: 'all', describe: 'rows that each positive is weighed against' }),
    maxPositives: number({ default: 0, atLeast: 0, integer: true, describe: 'most positives with the other view, odd; 0 for all' }),
    rescale: choice(['none', 'temperature', 'baseTemperature'], { default: 'none', describe: 'factor 1, tau or tau / 0.07 on the loss' }),
    normalise: flag({ default: true, describe: 'bring embeddings to length 1 first' }),
  } satisfies SpecsFor<SupconOptions>,
  uses: 'pairs',
  parameters: () => ({}),
  check: checkSupconOptions,
  apply: ({ embeddings, labels, options }) => supcon(embeddings, labels, options),
});
