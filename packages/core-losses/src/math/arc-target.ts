import * as tf from '@tensorflow/tfjs';

import { constantOf } from './constant-of';
import { safeAcos } from './safe-acos';

/** What happens where the margined angle passes pi, so that its cosine would rise again. */
export type BeyondPi = 'fix' | 'none' | 'easy';

export interface ArcMargins {
  /** m1. */
  readonly multiplier: number;
  /** m2, one for all or float32 `[n]`, one for each embedding. */
  readonly marginRadians: number | tf.Tensor1D;
  /** m3. */
  readonly cosineMargin: number;
  readonly beyondPi: BeyondPi;
}

/**
 * Target logit of the combined margin, before scaling.
 *
 *     T(theta) = cos(m1 theta + m2) - m3
 *
 * With m1 = 1 it is computed as cos cos(m2) - sin sin(m2), which needs no acos.
 * `fix`: from theta = pi - m2 on, cos(theta) - m2 sin(m2) - m3. `easy`: from theta = pi/2 on, cos(theta) - m3.
 *
 * @param cosine float32 `[n]`, cosine of each embedding with its own class
 * @returns float32 `[n]`
 * @see Deng et al., ArcFace, CVPR 2019, eq. 4, https://arxiv.org/abs/1801.07698
 */
export function arcTarget(cosine: tf.Tensor1D, margins: ArcMargins): tf.Tensor1D {
  const { multiplier, marginRadians: m, cosineMargin, beyondPi } = margins;
  const inside = multiplier === 1 ? cosineOfSum(cosine, m) : tf.cos(tf.add(tf.mul(multiplier, safeAcos(cosine)), m));
  if (beyondPi === 'none') return tf.sub(inside, cosineMargin);
  const [lowest, drop] = beyondPi === 'fix' ? fixOf(m) : [0, 0];
  const isInside = constantOf<tf.Tensor1D>((gap) => tf.cast(tf.greater(gap, 0), 'float32'))(tf.sub(cosine, lowest)); // [n]
  const beyond = tf.sub<tf.Tensor1D>(cosine, drop);
  const target = tf.add<tf.Tensor1D>(tf.mul(isInside, inside), tf.mul(tf.sub(1, isInside), beyond));
  return tf.sub(target, cosineMargin);
}

/** Where the fix sets in, cos(pi - m), and what it takes off from there on, m sin(m). */
function fixOf(m: number | tf.Tensor1D): [number, number] | [tf.Tensor1D, tf.Tensor1D] {
  if (typeof m === 'number') return [Math.cos(Math.PI - m), m * Math.sin(m)];
  return [tf.neg(tf.cos(m)), tf.mul(m, tf.sin(m))];
}

/** cos(theta + m); the floor under the root keeps the slope finite at theta = 0 and pi. */
function cosineOfSum(cosine: tf.Tensor1D, m: number | tf.Tensor1D): tf.Tensor1D {
  const sine = tf.sqrt(tf.maximum(tf.sub(1, tf.square(cosine)), 1e-12));
  const [cosM, sinM] = typeof m === 'number' ? [Math.cos(m), Math.sin(m)] : [tf.cos(m), tf.sin(m)];
  return tf.sub(tf.mul(cosine, cosM), tf.mul(sine, sinM));
}
