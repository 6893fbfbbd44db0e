import { psi, targetLogit as combined } from '@hypersphere/core-losses';

/** A target logit as a function of the angle to the own prototype, before the scale. */
export type TargetLogit =
  /** cos(m1 theta + m2) - m3; softmax 1, 0, 0; CosFace m3; ArcFace m2. ArcFace, eq. 4. */
  | { readonly kind: 'combined'; readonly m1?: number; readonly m2?: number; readonly m3?: number }
  /** (lambda cos theta + psi) / (1 + lambda), psi = (-1)^k cos(m theta) - 2k. SphereFace, eq. 7 and its released code. */
  | { readonly kind: 'psi'; readonly m: number; readonly lambda?: number };

/**
 * Value of the penalised target cosine at an angle.
 *
 * @param theta radians in [0, pi]
 * @returns unitless; NaN where m1 theta + m2 exceeds pi, where the formula no longer falls
 * @see Deng et al., ArcFace, CVPR 2019, eq. 4, https://arxiv.org/abs/1801.07698
 * @see Liu et al., SphereFace, CVPR 2017, eq. 7, https://arxiv.org/abs/1704.08063
 */
export function targetLogit(plan: TargetLogit, theta: number): number {
  if (plan.kind === 'psi') {
    const { m, lambda = 0 } = plan;
    const cosine = Math.cos(theta);
    return (lambda * cosine + psi(cosine, m)) / (1 + lambda);
  }
  const { m1 = 1, m2 = 0, m3 = 0 } = plan;
  return m1 * theta + m2 > Math.PI + 1e-9 ? Number.NaN : combined(theta, { multiplier: m1, marginRadians: m2, cosineMargin: m3 });
}
