import { describe, expect, it } from '@jest/globals';

import { tuned } from '../../../packages/experiment-kit/src/protocols/tuned';
import { smokeReproduce } from '../../../packages/experiment-kit/test/smoke-reproduce';

describe('group-loss', () => {
  const { record } = smokeReproduce('group-loss');
  const losses = (variant: string) => record(variant).curve.map(({ loss }) => loss);
  const value = (variant: string, metric: string) => record(variant).metrics[metric]?.value;

  it('runs the form of the paper after a stage of softmax, and the released form beside it', () => {
    const { loss, pretraining } = record('Group Loss').config;
    expect(loss).toEqual({ name: 'group', anchorsPerClass: 1, temperature: tuned.group.temperature, steps: 1, similarity: 'pearson', negatives: 'clamp', diagonal: 'zero', priors: 'all', crossEntropyWeight: 0 });
    expect(pretraining?.loss).toMatchObject({ name: 'softmax' });
    expect(record('released form').config.loss).toEqual({ ...loss, diagonal: 'one', crossEntropyWeight: 1 });
    expect(record('from random weights').config).not.toHaveProperty('pretraining');
  });

  it('counts the steps of both stages, and starts the last one better than random weights do', () => {
    const [two, one] = [record('softmax, two stages'), record('softmax')];
    const { epochs: last } = two.config.schedule;
    expect(two.steps).toBe(one.steps * (1 + (two.config.pretraining?.schedule.epochs ?? NaN) / (last ?? NaN)));
    expect(two.series['pretraining']).toHaveLength(two.steps - one.steps);
    expect(losses('softmax, two stages')[0]).toBeLessThan(losses('softmax')[0] ?? NaN);
  });

  it('shares one training among rows that differ at test time, and measures each as it says', () => {
    for (const variant of ['mixed pooling', 'leaky activation', 'partial normalisation', 're-ranked', '++']) {
      expect(losses(variant)).toEqual(losses('pooled'));
      expect(record(variant).seconds).toBe(record('pooled').seconds); // its checkpoint, not its repetition
    }
    // v / |v| + beta v is 1 + beta |v| long
    expect(value('partial normalisation', 'geometry.meanNorm')).toBeCloseTo(1 + 0.004 * (value('pooled', 'geometry.meanNorm') ?? NaN), 5);
    expect(value('mixed pooling', 'geometry.meanNorm')).toBeGreaterThan(value('pooled', 'geometry.meanNorm') ?? NaN);
    expect(value('leaky activation', 'geometry.interAngle')).toBeGreaterThan(value('pooled', 'geometry.interAngle') ?? NaN);
    expect(value('re-ranked', 'geometry.meanNorm')).toBe(value('pooled', 'geometry.meanNorm'));
    expect(value('re-ranked', 'retrieval.map')).not.toBe(value('pooled', 'retrieval.map'));
  });

  it('re-identifies by the camera rule where that is asked for', () => {
    expect(value('families Group Loss', 'reidentification.rerankedMinp')).toBeGreaterThan(0);
    expect(record('Group Loss').metrics).not.toHaveProperty(['reidentification.map']);
    expect(record('Group Loss').metrics).toHaveProperty(['clustering.nmi']);
  });
});
