import { describe, expect, it } from '@jest/globals';

import { psi } from '../../src';

/** Steps of half a degree around the circle. */
const STEPS = 720;
const ANGLES = Array.from({ length: STEPS }, (_, at) => (at * 2 * Math.PI) / STEPS);

const between = (a: number, b: number): number => Math.acos(Math.cos(a - b));

/** Directions that A-Softmax gives class i: its margined logit is above the plain ones of the others. */
function region(i: number, prototypes: readonly number[], m: number): number[] {
  const cosine = (angle: number, j: number) => Math.cos(angle - (prototypes[j] ?? NaN));
  return ANGLES.filter((angle) => prototypes.every((_, j) => j === i || psi(cosine(angle, i), m) > cosine(angle, j)));
}

/** Largest angle within a region, and smallest between two. */
function extents(prototypes: readonly number[], m: number): { within: number; apart: number } {
  const regions = prototypes.map((_, i) => region(i, prototypes, m));
  const all = (a: readonly number[], b: readonly number[]) => a.flatMap((one) => b.map((other) => between(one, other)));
  const pairs = regions.flatMap((one, i) => regions.slice(i + 1).map((other) => [one, other] as const));
  return {
    within: Math.max(...regions.map((one) => one.reduce((most, angle) => Math.max(most, ...one.map((other) => between(angle, other))), 0))),
    apart: Math.min(...pairs.map(([one, other]) => all(one, other).reduce((least, angle) => Math.min(least, angle), Infinity))),
  };
}

const spread = (classes: number): number[] => Array.from({ length: classes }, (_, at) => 0.1 + (at * 2 * Math.PI) / classes);
const BINARY = 2 + Math.sqrt(3);

const CASES = [
  ['two classes 100 degrees apart', [0.1, 0.1 + (100 * Math.PI) / 180], BINARY],
  ['two classes 60 degrees apart', [0.1, 0.1 + Math.PI / 3], BINARY],
  ['three classes', spread(3), 3],
  ['five classes', spread(5), 3],
] as const;

/** SphereFace, Properties 1 to 3, by the regions on a circle that the loss itself draws. */
describe('the angular margin of A-Softmax', () => {
  it.each(CASES)('needs m above its bound for classes to be nearer within than between: %s', (_, prototypes, bound) => {
    const [below, above] = [extents(prototypes, bound - 0.25), extents(prototypes, bound + 0.25)];
    expect(below.within).toBeGreaterThan(below.apart);
    expect(above.within).toBeLessThan(above.apart);
  });

  it.each([2, 3, 4])('leaves (m - 1) / (m + 1) of the angle of two classes, m = %d', (m) => {
    const theta = (100 * Math.PI) / 180;
    const { apart } = extents([0.1, 0.1 + theta], m);
    const step = (2 * Math.PI) / STEPS;
    expect(apart - ((m - 1) / (m + 1)) * theta).toBeGreaterThanOrEqual(0);
    expect(apart - ((m - 1) / (m + 1)) * theta).toBeLessThan(2 * step);
  });
});
