import * as tf from '@tensorflow/tfjs';

import { checkClassified } from '../checks';
import type { LossOutput } from '../loss-output';
import { arcTarget, type BeyondPi } from '../math/arc-target';
import { MAGFACE_MARGINS, boundedNorms, magnitudeMargin, magnitudeRegulariser, type MagnitudeMargins } from '../math/magnitude-margin';
import { classifyWithMargin } from '../math/margin-softmax';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { defineLoss, prototypeRows } from '../loss-entry';
import { choice, classBlockSpec, number, type SpecsFor } from '../options/option-specs';

export interface MagfaceOptions extends MagnitudeMargins {
  /** Hypersphere radius `s`; multiplies every cosine. Unitless, > 0. Paper: 64. */
  readonly scale?: number;
  /**
   * Weight `lambda_g` of the regulariser, >= 0. Paper: 35. From s (u_m - l_m) / (u_a - l_a) u_a^2 l_a^2 / (u_a^2 - l_a^2)
   * on (22.6 with the paper's values) it outweighs the margin's pull to shorter embeddings.
   */
  readonly regulariserWeight?: number;
  /** `easy`: no margin from theta = pi/2 on, as released. `none`: the printed formula. `fix`: cos(theta) - m sin(m) beyond pi - m. */
  readonly beyondPi?: BeyondPi;
  /** Classes whose cosines are in memory at a time, for a bound on memory; 0, the default, for all at once. Same values and gradients. */
  readonly classBlock?: number;
}

/**
 * MagFace: an angular margin that grows with the length of the embedding, and a regulariser that rewards length.
 *
 *     L_i = -log( e^{s cos(theta_y + m(a_i))} / (e^{s cos(theta_y + m(a_i))} + sum_{j != y} e^{s cos theta_j}) ) + lambda_g g(a_i)
 *     m(a) = l_m + (u_m - l_m) (a - l_a) / (u_a - l_a),   g(a) = 1 / a + a / u_a^2,   a_i = min(max(|x_i|, l_a), u_a)
 *
 * The gradient passes through a_i in both m and g; outside [l_a, u_a] it has none. Stopped: which branch of `beyondPi`
 * applies. With one class only the regulariser is left.
 *
 * @param embeddings float32 `[n, d]`, any norm; the norm is a measure of quality
 * @param labels int32 `[n]`, values in `[0, c)`; not checked, since reading them would wait for the device
 * @param prototypes float32 `[c, d]`, any norm
 * @returns `loss` the mean in nats, `perAnchor` `[n]`, regulariser included
 * @throws RangeError if the shapes or the options do not fit together, TypeError for a wrong dtype
 * @see Meng et al., MagFace, CVPR 2021, https://arxiv.org/abs/2103.06627; https://github.com/IrvingMeng/MagFace
 */
export function magface(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  prototypes: tf.Tensor2D,
  options: MagfaceOptions = {},
): LossOutput {
  const { scale = 64, regulariserWeight = 35, beyondPi = 'easy', classBlock = 0 } = options;
  const margins = { ...MAGFACE_MARGINS, ...options };
  checkClassified('magface', embeddings, labels, prototypes);
  checkMagnitudes('magface', margins);
  return tf.tidy(() => {
    const norms = boundedNorms(embeddings, margins); // [n]
    const marginRadians = magnitudeMargin(norms, margins); // [n]
    const classified = classifyWithMargin(embeddings, labels, prototypes, {
      classBlock,
      scale,
      penalise: (target) => arcTarget(target, { multiplier: 1, marginRadians, cosineMargin: 0, beyondPi }),
    });
    return meanOverAnchors(tf.add(classified, tf.mul(regulariserWeight, magnitudeRegulariser(norms, margins))));
  });
}

/** @throws RangeError where the bounds of the norm leave nothing between them */
export function checkMagnitudes(loss: string, { lowerNorm, upperNorm }: Required<MagnitudeMargins>): void {
  if (lowerNorm >= upperNorm) throw new RangeError(`${loss}: upperNorm must be above lowerNorm ${lowerNorm}, got ${upperNorm}`);
}

/** Specs of the margins over norms and of the regulariser, for every loss that has them. */
export const magnitudeSpecs = {
  lowerNorm: number({ default: 10, above: 0, describe: 'l_a, shorter embeddings count as this long' }),
  upperNorm: number({ default: 110, above: 0, describe: 'u_a, longer embeddings count as this long' }),
  lowerMarginRadians: number({ default: 0.45, atLeast: 0, below: Math.PI, describe: 'l_m, margin at the lower norm' }),
  upperMarginRadians: number({ default: 0.8, atLeast: 0, below: Math.PI, describe: 'u_m, margin at the upper norm' }),
  regulariserWeight: number({ default: 35, atLeast: 0, describe: 'lambda_g, weight of the regulariser of norms' }),
} satisfies SpecsFor<MagnitudeMargins & Pick<MagfaceOptions, 'regulariserWeight'>>;

export const magfaceEntry = defineLoss({
  options: {
    scale: number({ default: 64, above: 0, describe: 'hypersphere radius s, multiplies every cosine' }),
    ...magnitudeSpecs,
    beyondPi: choice(['easy', 'none', 'fix'], { default: 'easy', describe: 'target where the margined angle passes pi' }),
    classBlock: classBlockSpec,
  } satisfies SpecsFor<MagfaceOptions>,
  uses: 'prototypes',
  classRows: ['prototypes'],
  parameters: (classes, dim) => prototypeRows(classes, dim),
  check: (options) => checkMagnitudes('magface', options),
  apply: ({ embeddings, labels, parameters, options }) =>
    magface(embeddings, labels, parameters.prototypes as tf.Tensor2D, options),
});
