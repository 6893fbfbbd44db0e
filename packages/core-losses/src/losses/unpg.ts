import * as tf from '@tensorflow/tfjs';

import { checkClassified } from '../checks';
import type { LossOutput } from '../loss-output';
import { arcTarget, type BeyondPi } from '../math/arc-target';
import { pairMasks } from '../math/batch-hard';
import { classMask } from '../math/class-mask';
import { cosineMatrix } from '../math/cosine-matrix';
import { MAGFACE_MARGINS, boundedNorms, magnitudeMargin, magnitudeRegulariser, type MagnitudeMargins } from '../math/magnitude-margin';
import { marginSoftmax } from '../math/margin-softmax';
import { maskedLogSumExp } from '../math/masked-log-sum-exp';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { unorderedPairs } from '../math/unordered-pairs';
import { whiskerFilter } from '../math/whisker-filter';
import { defineLoss, prototypeRows } from '../loss-entry';
import { choice, flag, number, type SpecsFor } from '../options/option-specs';
import { checkMagnitudes, magnitudeSpecs, type MagfaceOptions } from './magface';

export interface UnpgOptions extends MagnitudeMargins, Pick<MagfaceOptions, 'regulariserWeight'> {
  /** Which loss the negative pairs join. Paper: all three. Options of the other two are not used. */
  readonly host?: 'cosface' | 'arcface' | 'magface';
  /** Hypersphere radius `s`; multiplies every cosine, of pairs too. Unitless, > 0. Paper: 64. */
  readonly scale?: number;
  /** Margin of CosFace, off the target cosine; in [0, 2). CosFace: 0.35; the released UNPG configuration: 0.5. */
  readonly cosineMargin?: number;
  /** Margin of ArcFace, radians in [0, pi). Paper: 0.5. */
  readonly marginRadians?: number;
  /** Where the margined angle passes pi. `released`: `none` with ArcFace, `easy` with MagFace. Not used by CosFace. */
  readonly beyondPi?: 'released' | BeyondPi;
  /** Whether pairs outside the whiskers are dropped. Paper: true. */
  readonly filter?: boolean;
  /** Whisker length `r`, times the distance of the quartiles; >= 0. Paper: 1.5 (MS1MV2), 1 (K-FACE). */
  readonly whisker?: number;
  /** `batch`: every row has all kept pairs of the batch, as in the paper. `row`: only those of its own example. */
  readonly pairs?: 'batch' | 'row';
  /** Whether the other prototypes are negatives too. Paper: true. */
  readonly classNegatives?: boolean;
}

/**
 * Unified negative pair generation: the negative pairs within the batch join the denominator of a margin softmax.
 *
 *     L_i = -log( e^{s psi_i} / (e^{s psi_i} + sum_{j != y_i} e^{s cos_ij} + sum_{u in S} e^{s u}) )
 *
 * psi is the host's margined target cosine; S are the cosines of unordered pairs of different classes that lie within
 * Q1 - r IQR and Q3 + r IQR of all of them. Pairs have no margin and no weight of their own. Stopped: which pairs are
 * kept, and the branch of `beyondPi`; nothing else. Without negative pairs (one class) it is the host's loss. With MagFace
 * lambda_g g(a_i) is added. Equal embeddings have an IQR of 0; then all pairs are kept.
 *
 * @param embeddings float32 `[n, d]`, any norm
 * @param labels int32 `[n]`, values in `[0, c)`; not checked, since reading them would wait for the device
 * @param prototypes float32 `[c, d]`, any norm
 * @returns `loss` the mean in nats, `perAnchor` `[n]`
 * @throws RangeError if the shapes or the options do not fit together, TypeError for a wrong dtype
 * @see Jung et al., Unified Negative Pair Generation, BMVC 2022, https://arxiv.org/abs/2203.11593; https://github.com/Jung-Jun-Uk/UNPG
 */
export function unpg(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  prototypes: tf.Tensor2D,
  options: UnpgOptions = {},
): LossOutput {
  const { host = 'cosface', scale = 64, regulariserWeight = 35, classNegatives = true } = options;
  const margins = { ...MAGFACE_MARGINS, ...options };
  checkClassified('unpg', embeddings, labels, prototypes);
  checkMagnitudes('unpg', margins);
  return tf.tidy(() => {
    const norms = boundedNorms(embeddings, margins); // [n]
    const cosine = cosineMatrix(embeddings, prototypes); // [n, c]
    const own = tf.sum<tf.Tensor1D>(tf.mul(cosine, classMask(labels, prototypes.shape[0])), 1); // [n]
    const target = hostTarget(own, norms, margins); // [n]
    const classified = classNegatives ? marginSoftmax(cosine, labels, { scale, penalise: () => target }) : tf.zerosLike(target);
    // log(e^B + e^A) = B + softplus(A - B), with B = L_host + s psi: small losses keep their digits
    const lead = tf.sub(pairTerms(embeddings, labels, options), tf.add(classified, tf.mul(scale, target)));
    const terms = tf.add<tf.Tensor1D>(classified, tf.softplus(lead));
    if (host !== 'magface') return meanOverAnchors(terms);
    return meanOverAnchors(tf.add(terms, tf.mul(regulariserWeight, magnitudeRegulariser(norms, margins))));
  });
}

/** psi of the host, `[n]`. */
function hostTarget(cosine: tf.Tensor1D, norms: tf.Tensor1D, options: UnpgOptions & Required<MagnitudeMargins>): tf.Tensor1D {
  const { host = 'cosface', cosineMargin = 0.35, marginRadians = 0.5, beyondPi = 'released' } = options;
  const [arc, released] = host === 'magface' ? [magnitudeMargin(norms, options), 'easy' as const] : [marginRadians, 'none' as const];
  if (host === 'cosface') return tf.sub(cosine, cosineMargin);
  const branch = beyondPi === 'released' ? released : beyondPi;
  return arcTarget(cosine, { multiplier: 1, marginRadians: arc, cosineMargin: 0, beyondPi: branch });
}

/** Log-sum-exp of the kept pairs' scaled cosines: `[]` for the whole batch, `[n]` for each row's own. */
function pairTerms(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  { scale = 64, filter = true, whisker = 1.5, pairs = 'batch' }: UnpgOptions,
): tf.Tensor {
  const cosine = cosineMatrix(embeddings, embeddings); // [n, n]
  const negative = tf.mul<tf.Tensor2D>(pairMasks(labels).negative, unorderedPairs(labels.shape[0]));
  const kept = filter ? whiskerFilter(cosine, negative, whisker) : negative;
  const scaled = tf.mul<tf.Tensor2D>(scale, cosine);
  if (pairs === 'batch') return maskedLogSumExp(scaled, kept, [0, 1]);
  return maskedLogSumExp(scaled, tf.add(kept, tf.transpose(kept)));
}

export const unpgEntry = defineLoss({
  options: {
    host: choice(['cosface', 'arcface', 'magface'], { default: 'cosface', describe: 'loss that the negative pairs join' }),
    scale: number({ default: 64, above: 0, describe: 'hypersphere radius s, multiplies every cosine' }),
    cosineMargin: number({ default: 0.35, atLeast: 0, below: 2, describe: 'margin of CosFace, off the target cosine' }),
    marginRadians: number({ default: 0.5, atLeast: 0, below: Math.PI, describe: 'margin of ArcFace, added to the target angle' }),
    beyondPi: choice(['released', 'none', 'fix', 'easy'], { default: 'released', describe: 'target where the margined angle passes pi' }),
    ...magnitudeSpecs,
    filter: flag({ default: true, describe: 'drop pairs outside the whiskers' }),
    whisker: number({ default: 1.5, atLeast: 0, describe: 'whisker length r, times the distance of the quartiles' }),
    pairs: choice(['batch', 'row'], { default: 'batch', describe: 'every kept pair in every row, or only its own' }),
    classNegatives: flag({ default: true, describe: 'other prototypes are negatives too' }),
  } satisfies SpecsFor<UnpgOptions>,
  uses: 'prototypes',
  parameters: (classes, dim) => prototypeRows(classes, dim),
  check: (options) => checkMagnitudes('unpg', options),
  apply: ({ embeddings, labels, parameters, options }) =>
    unpg(embeddings, labels, parameters.prototypes as tf.Tensor2D, options),
});
