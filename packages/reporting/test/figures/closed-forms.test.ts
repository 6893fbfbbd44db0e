import { describe, expect, it } from '@jest/globals';

import { targetLogit, type TargetLogit } from '../../src';
import { boundaryDegrees } from '../../src/figures/decision-margins';

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

// SphereFace's boundary in a two-class problem: angle to the own prototype that the other class's angle allows
it.each([
  [0, 7.5, 30],
  [0, 22.5, 90],
  [1, 21.5, 60],
  [5, 16.55, 30],
  [5, 38.67, 60],
  [5, 66.92, 90],
  [10, 49.14, 60],
])('SphereFace m = 4, lambda %i: %f degrees against %i', (lambda, own, other) => {
  expect(boundaryDegrees({ kind: 'psi', m: 4, lambda }, own)).toBeCloseTo(other, 1);
});

describe('a target logit', () => {
  const m4: TargetLogit = { kind: 'psi', m: 4 };

  it('falls all the way for psi, and ends at -(2m - 1)', () => {
    const values = Array.from({ length: 181 }, (_, i) => targetLogit(m4, radians(i)));
    expect(values.every((v, i) => i === 0 || v <= (values[i - 1] ?? 0) + 1e-12)).toBe(true);
    expect([values[0], values[45], values[180]].map((v) => Number(v?.toFixed(9)))).toEqual([1, -1, -7]);
  });

  it('is the combined margin elsewhere, and undefined where its angle passes 180 degrees', () => {
    expect(targetLogit({ kind: 'combined' }, radians(60))).toBeCloseTo(0.5, 12);
    expect(targetLogit({ kind: 'combined', m3: 0.35 }, radians(60))).toBeCloseTo(0.15, 12);
    expect(targetLogit({ kind: 'combined', m2: radians(30) }, radians(60))).toBeCloseTo(0, 12);
    expect(targetLogit({ kind: 'combined', m1: 1.5, m2: radians(15), m3: 0.1 }, radians(30))).toBeCloseTo(0.4, 12);
    expect(targetLogit({ kind: 'combined', m2: 0.5 }, radians(170))).toBeNaN();
  });
});

it('keeps a strip of constant angle for ArcFace and a growing one for CosFace', () => {
  const arc: TargetLogit = { kind: 'combined', m2: radians(30) };
  expect([0, 20, 60].map((a) => boundaryDegrees(arc, a) - a)).toEqual([30, 30, 30].map((d) => expect.closeTo(d, 9)));
  const cos: TargetLogit = { kind: 'combined', m3: 0.35 };
  expect(boundaryDegrees(cos, 0)).toBeCloseTo(49.4584, 4);
  expect(boundaryDegrees(cos, 170)).toBe(Infinity);
});
