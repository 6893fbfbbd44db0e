/**
 * SphereFace's monotone extension of cos(m theta).
 *
 *     psi = (-1)^k cos(m theta) - 2k   on theta in [k pi / m, (k + 1) pi / m]
 *
 * @param cosine cos(theta), in [-1, 1]
 * @param m multiplier of the angle, real, >= 1
 * @returns in [1 - 2m, 1] for integer m, falling with the angle
 * @throws RangeError for values outside these ranges
 * @see Liu et al., SphereFace, CVPR 2017, eq. 7, https://arxiv.org/abs/1704.08063
 */
export function psi(cosine: number, m: number): number {
  if (!(Math.abs(cosine) <= 1)) throw new RangeError(`psi: cosine must be in [-1, 1], got ${cosine}`);
  if (!(m >= 1)) throw new RangeError(`psi: m must be at least 1, got ${m}`);
  const angle = m * Math.acos(cosine);
  const k = Math.floor(angle / Math.PI);
  return (k % 2 === 0 ? 1 : -1) * Math.cos(angle) - 2 * k;
}
