export interface TargetMargins {
  /** m1, multiplies the angle. Default 1. */
  readonly multiplier?: number;
  /** m2, added to the angle, radians. Default 0. */
  readonly marginRadians?: number;
  /** m3, taken off the cosine. Default 0. */
  readonly cosineMargin?: number;
}

/**
 * Target logit of the combined margin as printed, before scaling, for curves over the angle.
 *
 *     T(theta) = cos(m1 theta + m2) - m3
 *
 * @param theta radians
 * @see Deng et al., ArcFace, CVPR 2019, eq. 4 and Figure 4b, https://arxiv.org/abs/1801.07698
 */
export function targetLogit(
  theta: number,
  { multiplier = 1, marginRadians = 0, cosineMargin = 0 }: TargetMargins = {},
): number {
  return Math.cos(multiplier * theta + marginRadians) - cosineMargin;
}
