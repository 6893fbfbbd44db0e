import * as tf from '@tensorflow/tfjs';

import { rowNorms } from './row-norms';

/** MagFace's line of margins over norms. */
export interface MagnitudeMargins {
  /** `l_a`: shorter embeddings count as this long. In units of the embedding, > 0. Paper: 10. */
  readonly lowerNorm?: number;
  /** `u_a`: longer embeddings count as this long; above `lowerNorm`. Paper: 110. */
  readonly upperNorm?: number;
  /** `l_m`: margin at `lowerNorm`, radians in [0, pi). Paper: 0.45. */
  readonly lowerMarginRadians?: number;
  /** `u_m`: margin at `upperNorm`, radians in [0, pi). Paper: 0.8. */
  readonly upperMarginRadians?: number;
}

/** The values of the paper and of its released code. */
export const MAGFACE_MARGINS = { lowerNorm: 10, upperNorm: 110, lowerMarginRadians: 0.45, upperMarginRadians: 0.8 } as const;

/**
 * Length of each embedding, kept within the bounds; beyond them it has no gradient.
 *
 *     a_i = min(max(|x_i|, l_a), u_a)
 *
 * @param embeddings float32 `[n, d]`
 * @returns float32 `[n]`
 */
export function boundedNorms(embeddings: tf.Tensor2D, { lowerNorm, upperNorm }: Required<MagnitudeMargins>): tf.Tensor1D {
  return tf.clipByValue(tf.squeeze<tf.Tensor1D>(rowNorms(embeddings), [1]), lowerNorm, upperNorm);
}

/**
 * Margin that grows with the length.
 *
 *     m(a) = l_m + (u_m - l_m) (a - l_a) / (u_a - l_a)
 *
 * @param norms float32 `[n]`, within the bounds
 * @returns float32 `[n]`, radians
 * @see Meng et al., MagFace, CVPR 2021, https://arxiv.org/abs/2103.06627
 */
export function magnitudeMargin(norms: tf.Tensor1D, margins: Required<MagnitudeMargins>): tf.Tensor1D {
  const { lowerNorm, upperNorm, lowerMarginRadians, upperMarginRadians } = margins;
  const slope = (upperMarginRadians - lowerMarginRadians) / (upperNorm - lowerNorm);
  return tf.add(lowerMarginRadians, tf.mul(slope, tf.sub(norms, lowerNorm)));
}

/**
 * Regulariser that rewards length: it falls until u_a.
 *
 *     g(a) = 1 / a + a / u_a^2
 *
 * @param norms float32 `[n]`, within the bounds
 * @returns float32 `[n]`
 * @see Meng et al., MagFace, CVPR 2021, https://arxiv.org/abs/2103.06627
 */
export function magnitudeRegulariser(norms: tf.Tensor1D, { upperNorm }: Required<MagnitudeMargins>): tf.Tensor1D {
  return tf.add(tf.reciprocal(norms), tf.div(norms, upperNorm * upperNorm));
}
