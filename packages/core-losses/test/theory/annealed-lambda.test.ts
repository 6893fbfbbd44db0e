import { expectClose } from '@hypersphere/testing';
import { describe, expect, it } from '@jest/globals';

import { annealedLambda, gammaForFloorAt } from '../../src';

const released = { base: 1000, gamma: 0.12, power: 1, floor: 5 };

describe('annealedLambda', () => {
  it.each([
    [1, 892.857143],
    [2, 806.451613],
    [10, 454.545455],
    [100, 76.923077],
    [200, 40],
    [1000, 8.264463],
    [1658, 5.001],
    [1659, 5],
    [28000, 5],
  ])('at step %d of the released schedule', (step, lambda) => {
    expectClose(annealedLambda(released, step), lambda, { rtol: 1e-6 });
  });

  it('is off with base 0 and falls faster with a larger power', () => {
    expect(annealedLambda({ ...released, base: 0, floor: 0 }, 1)).toBe(0);
    expectClose(annealedLambda({ ...released, power: 2 }, 10), 1000 / 2.2 ** 2);
  });

  it('counts steps from 1', () => {
    const message = 'annealedLambda: step must be an integer of at least 1, got 0';
    expect(() => annealedLambda(released, 0)).toThrow(new RangeError(message));
  });
});

describe('gammaForFloorAt', () => {
  it.each([
    [60, 3.316667],
    [150, 1.326667],
    [300, 0.663333],
  ])('%d steps', (step, gamma) => {
    expectClose(gammaForFloorAt(step, released), gamma, { rtol: 1e-6 });
  });

  it('reaches the floor at that step and not before, whatever the power', () => {
    const schedule = { ...released, power: 2, gamma: gammaForFloorAt(80, { ...released, power: 2 }) };
    expectClose(annealedLambda(schedule, 80), 5);
    expect(annealedLambda(schedule, 79)).toBeGreaterThan(5.05);
  });

  it('refuses a floor that is never reached', () => {
    const message = 'gammaForFloorAt: floor must be in (0, 1000], got 0';
    expect(() => gammaForFloorAt(60, { ...released, floor: 0 })).toThrow(new RangeError(message));
    expect(() => gammaForFloorAt(0, released)).toThrow(new RangeError('gammaForFloorAt: step must be above 0, got 0'));
  });
});
