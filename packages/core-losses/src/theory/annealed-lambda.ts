export interface LambdaSchedule {
  /** Start value, >= 0. Released code: 1000; 0 switches annealing off. */
  readonly base: number;
  /** Speed, >= 0. Released code: 0.12. */
  readonly gamma: number;
  /** Exponent, > 0. Released code: 1. */
  readonly power: number;
  /** End value, >= 0. Released code: 5. */
  readonly floor: number;
}

/**
 * Weight of the plain cosine in SphereFace's target at one step.
 *
 *     lambda(t) = max(floor, base (1 + gamma t)^-power)
 *
 * @param step t, counted from 1: the released layer raises its counter before it uses it
 * @returns lambda, >= floor
 * @throws RangeError if `step` is not an integer of at least 1
 * @see Liu et al., SphereFace, CVPR 2017; https://github.com/wy1iu/sphereface
 */
export function annealedLambda({ base, gamma, power, floor }: LambdaSchedule, step: number): number {
  if (!Number.isInteger(step) || step < 1) throw new RangeError(`annealedLambda: step must be an integer of at least 1, got ${step}`);
  return Math.max(floor, base * (1 + gamma * step) ** -power);
}

/**
 * The `gamma` with which lambda reaches its floor at a given step, to keep the schedule's shape in a short run.
 *
 *     gamma = ((base / floor)^(1 / power) - 1) / t
 *
 * @throws RangeError unless 0 < floor <= base and step > 0
 */
export function gammaForFloorAt(step: number, { base, power, floor }: Omit<LambdaSchedule, 'gamma'>): number {
  if (!(floor > 0 && floor <= base)) throw new RangeError(`gammaForFloorAt: floor must be in (0, ${base}], got ${floor}`);
  if (!(step > 0)) throw new RangeError(`gammaForFloorAt: step must be above 0, got ${step}`);
  return ((base / floor) ** (1 / power) - 1) / step;
}
