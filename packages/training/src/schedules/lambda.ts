/** Decay of SphereFace's mixing weight; `floorAtStep` derives `gamma` so that the floor is reached at that step. */
export interface LambdaAnnealing {
  /** Released SphereFace: 1000. 0 switches annealing off: lambda is `floor` throughout. */
  readonly base: number;
  /** Released SphereFace: 0.12. */
  readonly gamma?: number;
  readonly floorAtStep?: number;
  /** Released SphereFace: 1. */
  readonly power?: number;
  /** Released SphereFace: 5. */
  readonly floor: number;
}

/**
 * Weight of the plain cosine in A-Softmax, `lambda(t) = max(floor, base (1 + gamma t)^-power)`.
 *
 * @param annealing exactly one of `gamma` and `floorAtStep` unless `base` is 0
 * @param step counted from 0; the formula's t is `step + 1`, since the released layer counts before it uses
 * @returns lambda, without unit
 * @throws RangeError if neither or both of `gamma` and `floorAtStep` are given, or the floor cannot be reached
 * @see SphereFace, https://arxiv.org/abs/1704.08063; layer `MarginInnerProduct` of https://github.com/wy1iu/sphereface
 */
export function lambdaAt(annealing: LambdaAnnealing, step: number): number {
  const { base, floor, power = 1 } = annealing;
  if (base === 0) return floor;
  return Math.max(floor, base * (1 + lambdaGamma(annealing) * (step + 1)) ** -power);
}

/** The `gamma` given, or `((base / floor)^(1 / power) - 1) / floorAtStep`. */
export function lambdaGamma({ base, gamma, floorAtStep, power = 1, floor }: LambdaAnnealing): number {
  if ((gamma === undefined) === (floorAtStep === undefined)) {
    throw new RangeError('annealing.lambda: give either gamma or floorAtStep');
  }
  if (gamma !== undefined) return gamma;
  if (!(floor > 0 && floor < base) || floorAtStep === undefined || floorAtStep <= 0) {
    throw new RangeError(
      `annealing.lambda: floorAtStep needs 0 < floor < base and a step above 0, got floor ${floor}, base ${base}, floorAtStep ${floorAtStep}; give gamma instead`,
    );
  }
  return ((base / floor) ** (1 / power) - 1) / floorAtStep;
}
