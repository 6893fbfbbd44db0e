import * as tf from '@tensorflow/tfjs';

import { constantOf } from './constant-of';

/**
 * The monotone extension of cos(m theta), as a polynomial in cos(theta): no acos, so no infinite slope.
 *
 *     psi(c) = (-1)^k T_m(c) - 2k,   k = number of j in 1..m-1 with c < cos(j pi / m)
 *
 * T_m is the Chebyshev polynomial, T_m(cos theta) = cos(m theta). k is piecewise constant: no gradient.
 *
 * @param cosine float32 `[n]`, in [-1, 1]
 * @param m integer >= 1
 * @returns float32 `[n]`, in [1 - 2m, 1], falling with the angle
 * @see Liu et al., SphereFace, CVPR 2017, eq. 7, https://arxiv.org/abs/1704.08063
 */
export function spherefacePsi(cosine: tf.Tensor1D, m: number): tf.Tensor1D {
  const { k, sign } = pieces(cosine, m);
  return tf.sub(tf.mul(sign, chebyshev(cosine, m).value), tf.mul(2, k));
}

/** Slope d psi / d cos, a constant, in [0, m^2]. */
export function spherefacePsiSlope(cosine: tf.Tensor1D, m: number): tf.Tensor1D {
  return constantOf<tf.Tensor1D>((c) => tf.mul(pieces(c, m).sign, chebyshev(c, m).slope))(cosine);
}

/**
 * The same characteristic for any real m >= 1 through the angle, as a constant.
 *
 *     psi(theta) = (-1)^k cos(m theta) - 2k,   k = floor(m theta / pi)
 *
 * @param cosine float32 `[n]`, in [-1, 1] up to rounding
 * @returns float32 `[n]`, no gradient
 */
export function constantPsi(cosine: tf.Tensor1D, m: number): tf.Tensor1D {
  return constantOf<tf.Tensor1D>((c) => {
    const angle = tf.mul<tf.Tensor1D>(m, tf.acos(tf.clipByValue(c, -1, 1)));
    const k = tf.floor(tf.div<tf.Tensor1D>(angle, Math.PI));
    return tf.sub(tf.mul(parity(k), tf.cos(angle)), tf.mul(2, k));
  })(cosine);
}

/** Which piece of psi each cosine lies on, and the sign (-1)^k of that piece; both constants. */
function pieces(cosine: tf.Tensor1D, m: number): { k: tf.Tensor1D; sign: tf.Tensor1D } {
  const k = constantOf<tf.Tensor1D>((c) => {
    const breakpoints = Array.from({ length: m - 1 }, (_, j) => Math.cos(((j + 1) * Math.PI) / m));
    return breakpoints.reduce<tf.Tensor1D>(
      (passed, at) => tf.add(passed, tf.cast(tf.less(c, at), 'float32')),
      tf.zerosLike(c),
    );
  })(cosine);
  return { k, sign: constantOf(parity)(k) };
}

/** (-1)^k. */
function parity(k: tf.Tensor1D): tf.Tensor1D {
  return tf.sub(1, tf.mul(2, tf.mod(k, 2)));
}

/** T_m(c) and its derivative by the recurrence T_{j+1} = 2 c T_j - T_{j-1}. */
function chebyshev(c: tf.Tensor1D, m: number): { value: tf.Tensor1D; slope: tf.Tensor1D } {
  let [before, value] = [tf.onesLike(c), c];
  let [slopeBefore, slope] = [tf.zerosLike(c), tf.onesLike(c)];
  for (let j = 1; j < m; j++) {
    const twice = tf.mul<tf.Tensor1D>(2, c);
    [slopeBefore, slope] = [slope, tf.sub(tf.add(tf.mul(2, value), tf.mul(twice, slope)), slopeBefore)];
    [before, value] = [value, tf.sub(tf.mul(twice, value), before)];
  }
  return { value, slope };
}
