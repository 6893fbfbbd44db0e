import * as tf from '@tensorflow/tfjs';

import { checkClassified } from '../checks';
import type { LossOutput } from '../loss-output';
import { arcTarget, type BeyondPi } from '../math/arc-target';
import { stopGradient } from '../math/constant-of';
import { cosineMatrix } from '../math/cosine-matrix';
import { interClassAngle, intraClassAngle } from '../math/class-angles';
import { classifyWithMargin, marginSoftmax } from '../math/margin-softmax';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { subCentreCosines } from '../math/sub-centre-cosines';
import { defineLoss, prototypeRows } from '../loss-entry';
import { choice, classBlockSpec, number, type SpecsFor } from '../options/option-specs';

export interface ArcfaceOptions {
  /** Hypersphere radius `s`; multiplies every cosine. Unitless, > 0. Paper: 64. */
  readonly scale?: number;
  /** `m1`, multiplies the target angle; > 0. Paper: 1; 1.35 for SphereFace, 0.9 in CM2. Other than 1 needs `beyondPi: 'none'`. */
  readonly multiplier?: number;
  /** `m2`, added to the target angle; radians in [0, pi). Paper: 0.5. */
  readonly marginRadians?: number;
  /** `m3`, taken off the target cosine; in [0, 2). Paper: 0, 0.35 for CosFace. */
  readonly cosineMargin?: number;
  /**
   * Beyond theta = pi - m2 the cosine of the margined angle rises again. `fix`: go on with cos(theta) - m2 sin(m2);
   * `none`: the printed formula; `easy`: no margin from theta = pi/2 on.
   */
  readonly beyondPi?: BeyondPi;
  /** `exact`: the derivative, as in the paper. `straightThrough`: the margin is a constant shift of the target cosine. */
  readonly gradient?: 'exact' | 'straightThrough';
  /** `K` prototype rows a class, of which the nearest counts. Paper: 1; 3 under label noise. */
  readonly subCentres?: number;
  /** Weight of the intra loss, the mean target angle divided by pi (eq. 5 has 1). */
  readonly intraWeight?: number;
  /** Weight of the inter loss, minus the mean angle between prototypes divided by pi (eq. 6 has 1). One sub-centre only. */
  readonly interWeight?: number;
  /** Classes whose cosines are in memory at a time, for a bound on memory; 0, the default, for all at once. Same values and gradients. Not with sub-centres, intra or inter loss. */
  readonly classBlock?: number;
}

/**
 * ArcFace (additive angular margin) loss with the paper's combined margins, sub-centres, intra and inter terms.
 *
 *     L_i = -log( e^{s T(theta_y)} / (e^{s T(theta_y)} + sum_{j != y} e^{s cos theta_j}) ),   T(theta) = cos(m1 theta + m2) - m3
 *
 * Norms are divided out inside the graph. Stopped: which sub-centre wins and which branch of `beyondPi` applies;
 * with `straightThrough` also T(theta_y) - cos theta_y. With one class the loss is 0.
 *
 * @param embeddings float32 `[n, d]`, any norm
 * @param labels int32 `[n]`, values in `[0, c)`; not checked, since reading them would wait for the device
 * @param prototypes float32 `[c * subCentres, d]`, any norm, the sub-centres of a class next to each other
 * @returns `loss` the mean in nats, `perAnchor` `[n]`
 * @throws RangeError if the shapes or the options do not fit together, TypeError for a wrong dtype
 * @see Deng et al., ArcFace, TPAMI 2022, eqs. 3 to 7, https://arxiv.org/abs/1801.07698
 */
export function arcface(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  prototypes: tf.Tensor2D,
  options: ArcfaceOptions = {},
): LossOutput {
  const { scale = 64, multiplier = 1, marginRadians = 0.5, cosineMargin = 0, beyondPi = 'fix', gradient = 'exact' } = options;
  const { subCentres = 1, intraWeight = 0, interWeight = 0, classBlock = 0 } = options;
  checkClassified('arcface', embeddings, labels, prototypes, { each: subCentres });
  checkArcfaceOptions({ multiplier, beyondPi, subCentres, intraWeight, interWeight, classBlock });
  return tf.tidy(() => {
    const penalise = (target: tf.Tensor1D): tf.Tensor1D => {
      const margined = arcTarget(target, { multiplier, marginRadians, cosineMargin, beyondPi });
      return gradient === 'exact' ? margined : tf.add(target, stopGradient(tf.sub<tf.Tensor1D>(margined, target)));
    };
    if (classBlock > 0) return meanOverAnchors(classifyWithMargin(embeddings, labels, prototypes, { scale, penalise, classBlock }));
    const cosine = subCentreCosines(cosineMatrix(embeddings, prototypes), subCentres); // [n, c]
    const terms = [marginSoftmax(cosine, labels, { scale, penalise })];
    if (intraWeight !== 0) terms.push(tf.mul(intraWeight / Math.PI, intraClassAngle(cosine, labels)));
    if (interWeight !== 0) terms.push(tf.mul(-interWeight / Math.PI, interClassAngle(prototypes, labels)));
    return meanOverAnchors(tf.addN(terms));
  });
}

/** @throws RangeError where the options exclude each other */
export function checkArcfaceOptions(
  options: Required<Pick<ArcfaceOptions, 'multiplier' | 'beyondPi' | 'subCentres' | 'intraWeight' | 'interWeight' | 'classBlock'>>,
): void {
  const { multiplier, beyondPi, subCentres, intraWeight, interWeight, classBlock } = options;
  if (multiplier !== 1 && beyondPi !== 'none') {
    throw new RangeError(`arcface: beyondPi '${beyondPi}' is defined for multiplier 1 only, got ${multiplier}; use 'none'`);
  }
  if (subCentres > 1 && interWeight !== 0) {
    throw new RangeError(`arcface: interWeight needs subCentres 1, got ${subCentres}`);
  }
  if (classBlock > 0 && (subCentres > 1 || intraWeight !== 0 || interWeight !== 0)) {
    throw new RangeError(`arcface: subCentres, intraWeight and interWeight need all classes at once, got classBlock ${classBlock}; use 0`);
  }
}

const weight = { default: 0, atLeast: 0 };

export const arcfaceEntry = defineLoss({
  options: {
    scale: number({ default: 64, above: 0, describe: 'hypersphere radius s, multiplies every cosine' }),
    multiplier: number({ default: 1, above: 0, describe: 'm1, multiplies the target angle' }),
    marginRadians: number({ default: 0.5, atLeast: 0, below: Math.PI, describe: 'm2, added to the target angle' }),
    cosineMargin: number({ default: 0, atLeast: 0, below: 2, describe: 'm3, taken off the target cosine' }),
    beyondPi: choice(['fix', 'none', 'easy'], { default: 'fix', describe: 'target where the margined angle passes pi' }),
    gradient: choice(['exact', 'straightThrough'], { default: 'exact', describe: 'derivative, or margin as a constant shift' }),
    subCentres: number({ default: 1, atLeast: 1, integer: true, describe: 'prototype rows a class' }),
    intraWeight: number({ ...weight, describe: 'weight of the mean target angle over pi' }),
    interWeight: number({ ...weight, describe: 'weight of the mean angle between prototypes over pi' }),
    classBlock: classBlockSpec,
  } satisfies SpecsFor<ArcfaceOptions>,
  uses: 'prototypes',
  classRows: ['prototypes'],
  parameters: (classes, dim, { subCentres }) => prototypeRows(classes * subCentres, dim),
  check: checkArcfaceOptions,
  apply: ({ embeddings, labels, parameters, options }) =>
    arcface(embeddings, labels, parameters.prototypes as tf.Tensor2D, options),
});
