import { expectClose } from '@hypersphere/testing';
import { describe, expect, it } from '@jest/globals';

import type { ScheduleConfig } from '../src/config';
import { annealedAt, lambdaAt, learningRateAt, learningRateFactor, trainingLength } from '../src/schedules';

const released = { base: 1000, gamma: 0.12, power: 1, floor: 5 };

describe('lambdaAt', () => {
  it('has the values of the released SphereFace, whose first batch has t = 1', () => {
    const values = { 1: 892.857143, 2: 806.451613, 10: 454.545455, 50: 142.857143, 100: 76.923077, 200: 40, 500: 16.393443, 1000: 8.264463, 1500: 5.524862, 1658: 5.001 };
    for (const [t, value] of Object.entries(values)) expectClose(lambdaAt(released, Number(t) - 1), value, { rtol: 1e-6 });
    expect(lambdaAt(released, 1658)).toBe(5);
    expect(lambdaAt(released, 27_999)).toBe(5);
  });

  it('reaches the floor at the step asked for, and not before', () => {
    const short = { base: 1000, floor: 5, floorAtStep: 60 };
    expectClose(lambdaAt(short, 0), 1000 / (1 + 199 / 60), { rtol: 1e-12 });
    expect(lambdaAt(short, 58)).toBeGreaterThan(5.05);
    expectClose(lambdaAt(short, 59), 5, { rtol: 1e-12 });
    expect(lambdaAt(short, 300)).toBe(5);
  });

  it('follows the power', () => expectClose(lambdaAt({ base: 16, floor: 1, gamma: 1, power: 2 }, 0), 4, { rtol: 1e-12 }));
  it('is the floor throughout if base is 0', () => expect(lambdaAt({ base: 0, floor: 2 }, 0)).toBe(2));
  it('wants one of gamma and floorAtStep', () => {
    expect(() => lambdaAt({ base: 1000, floor: 5 }, 0)).toThrow('schedule.annealing.lambda: expected either gamma or floorAtStep, got neither');
    expect(() => lambdaAt({ ...released, floorAtStep: 9 }, 0)).toThrow('schedule.annealing.lambda: expected either gamma or floorAtStep, got both');
  });
});

describe('learningRateFactor', () => {
  const span = { steps: 28_000 };
  it('drops in steps as SphereFace\'s solver does', () => {
    const schedule = { kind: 'step', at: [16_000, 24_000], factor: 0.1 } as const;
    const at = (step: number) => learningRateFactor(schedule, span, step);
    expect([0, 15_999, 16_000, 23_999].map(at)).toEqual([1, 1, 0.1, 0.1]);
    expectClose(at(24_000), 0.01, { rtol: 1e-12 });
    expectClose(at(27_999), 0.01, { rtol: 1e-12 });
  });

  it('falls along half a cosine to `final`', () => {
    const values = [0, 250, 500, 750, 1000].map((step) => learningRateFactor({ kind: 'cosine' }, { steps: 1000 }, step));
    expectClose(values, [1, (2 + Math.SQRT2) / 4, 0.5, (2 - Math.SQRT2) / 4, 0], { atol: 1e-12 });
    expectClose(learningRateFactor({ kind: 'cosine', final: 0.1 }, { steps: 1000 }, 500), 0.55, { rtol: 1e-12 });
    expectClose(learningRateFactor({ kind: 'cosine', final: 0.1 }, { steps: 1000 }, 1000), 0.1, { rtol: 1e-12 });
  });

  it('falls in a line to 0, as ArcFace\'s PyTorch configs', () => {
    expectClose([0, 1, 3, 4].map((step) => learningRateFactor({ kind: 'linear' }, { steps: 4 }, step)), [1, 0.75, 0.25, 0], { atol: 1e-12 });
    expectClose(learningRateFactor({ kind: 'linear', final: 0.2 }, { steps: 4 }, 2), 0.6, { rtol: 1e-12 });
  });

  it('warms up in a line, and begins to fall only then', () => {
    const at = (step: number) => learningRateFactor({ kind: 'linear' }, { steps: 14, warmUpSteps: 4 }, step);
    expectClose([0, 1, 2, 3, 4, 9, 14].map(at), [0.25, 0.5, 0.75, 1, 1, 0.5, 0], { atol: 1e-12 });
    expect(() => learningRateFactor({ kind: 'constant' }, { steps: 4, warmUpSteps: 4 }, 0)).toThrow(
      'learningRateFactor: warmUpSteps must be below the 4 steps of the training, got 4',
    );
  });
});

const base = { batchSize: 10, batchNormMomentum: 0.9 };

describe('a schedule', () => {
  it('counts drops in epochs where its length is in epochs', () => {
    const schedule: ScheduleConfig = { ...base, epochs: 4, learningRate: { kind: 'step', at: [2, 3], factor: 0.5 } };
    const length = trainingLength(schedule, 57);
    expect(length).toEqual({ steps: 20, stepsPerEpoch: 5 });
    expect([9, 10, 14, 15].map((step) => learningRateAt(0.4, schedule, length, step))).toEqual([0.4, 0.2, 0.2, 0.1]);
  });

  it('counts drops in steps where its length is in steps', () => {
    const schedule: ScheduleConfig = { ...base, steps: 4, learningRate: { kind: 'step', at: [2], factor: 0.5 } };
    expect([1, 2].map((step) => learningRateAt(0.4, schedule, trainingLength(schedule, 57), step))).toEqual([0.4, 0.2]);
  });

  it('refuses what cannot be trained', () => {
    const learningRate = { kind: 'constant' } as const;
    expect(() => trainingLength({ ...base, steps: 3, learningRate }, 9)).toThrow('schedule.batchSize must be 1 to 9, the images of the training set, got 10');
    expect(() => trainingLength({ ...base, learningRate } as unknown as ScheduleConfig, 90)).toThrow('schedule: give either steps or epochs');
    expect(() => trainingLength({ ...base, steps: 0.5, learningRate }, 90)).toThrow(
      'schedule: the training must have a whole number of steps of at least 1, got 0.5',
    );
  });

  it('gives a loss what it takes, and nothing else', () => {
    const schedule: ScheduleConfig = { ...base, steps: 4, learningRate: { kind: 'constant' }, annealing: { lambda: released } };
    expect(annealedAt(['lambda'], schedule, 1658)).toEqual({ lambda: 5 });
    expect(annealedAt(['lambda'], { ...schedule, annealing: {} }, 0)).toEqual({});
    expect(() => annealedAt([], schedule, 0)).toThrow('schedule.annealing.lambda: the loss takes nothing from the schedule');
  });
});
