import { describe, expect, it } from '@jest/globals';

import { tuned } from '../../../packages/experiment-kit/src/protocols/tuned';
import { smokeReproduce } from '../../../packages/experiment-kit/test/smoke-reproduce';

describe('ranked-list-loss', () => {
  const { record } = smokeReproduce('ranked-list-loss');

  it('runs the form of the paper at the tuned boundary, and what the released code and ports do beside it', () => {
    const { loss } = record('RLL').config;
    expect(loss).toMatchObject({ form: 'original', boundary: tuned.rankedList.boundary, margin: 0.4, temperature: 10, positiveTemperature: 0, negativeWeight: 1, gradient: 'queryOnly', queryWeight: 'equal' });
    expect(record('both ends').config.loss).toEqual({ ...loss, gradient: 'bothEnds' });
    expect(record('full gradient').config.loss).toEqual({ ...loss, gradient: 'full' });
    expect(record('weights by violation').config.loss).toEqual({ ...loss, queryWeight: 'violation' });
    expect(record('simpler').config.loss).toMatchObject({ form: 'simpler', margin: 0.4 });
  });

  it('trains the heads together and measures each alone', () => {
    const [all, alone] = [record('L, M, H'), (['L', 'M', 'H'] as const).map(record)];
    expect(alone.map(({ seconds }) => seconds)).toEqual(alone.map(() => all.seconds)); // one training serves all
    expect(all.config.schedule).toMatchObject({ lossPerExit: true });
    for (const [at, { config, curve, metrics }] of alone.entries()) {
      expect({ ...config, evaluation: { ...config.evaluation, exit: undefined } }).toEqual({ ...all.config, evaluation: { ...all.config.evaluation, exit: undefined } });
      expect(config.evaluation).toMatchObject({ exit: at + 1 });
      expect(curve.map(({ loss }) => loss)).toEqual(all.curve.map(({ loss }) => loss));
      expect(metrics['geometry.meanNorm']?.value).toBeLessThan(all.metrics['geometry.meanNorm']?.value ?? 0);
    }
    // the heads lie side by side, so squared norms add up
    const squares = (values: readonly (number | undefined)[]) => values.reduce<number>((sum, value) => sum + (value ?? NaN) ** 2, 0);
    const norms = alone.map(({ metrics }) => metrics['geometry.meanNorm']?.value);
    expect(Math.sqrt(squares(norms)) / (all.metrics['geometry.meanNorm']?.value ?? NaN)).toBeCloseTo(1, 1);
  });

  it('clusters the rows of the published comparison alone', () => {
    for (const variant of ['L, M, H', 'H', 'one head', 'triplet D=48']) expect(record(variant).metrics['clustering.nmi']?.value).toBeGreaterThan(0);
    expect(record('RLL').metrics).not.toHaveProperty(['clustering.nmi']);
  });
});
