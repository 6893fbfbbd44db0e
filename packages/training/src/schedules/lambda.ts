import { annealedLambda, gammaForFloorAt } from '@hypersphere/core-losses';

/** Decay of SphereFace's mixing weight; `floorAtStep` derives `gamma` so that the floor is reached at that step. */
export interface LambdaAnnealing {
  /** Released SphereFace: 1000. 0 switches annealing off: lambda is `floor` throughout. */
  readonly base: number;
  /** Released SphereFace: 0.12. */
  readonly gamma?: number;
  /** Instead of `gamma`; released SphereFace: 1659 of 28,000 steps. */
  readonly floorAtStep?: number;
  /** Released SphereFace, and default: 1. */
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
 * @see SphereFace, section 4.1, https://arxiv.org/abs/1704.08063; https://github.com/wy1iu/sphereface
 */
export function lambdaAt({ base, gamma, floorAtStep, power = 1, floor }: LambdaAnnealing, step: number): number {
  if (base === 0) return floor;
  if (gamma !== undefined && floorAtStep === undefined) return annealedLambda({ base, gamma, power, floor }, step + 1);
  if (gamma === undefined && floorAtStep !== undefined) {
    const derived = gammaForFloorAt(floorAtStep, { base, power, floor });
    return annealedLambda({ base, gamma: derived, power, floor }, step + 1);
  }
  throw new RangeError(`schedule.annealing.lambda: expected either gamma or floorAtStep, got ${gamma === undefined ? 'neither' : 'both'}`);
}
