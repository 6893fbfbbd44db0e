import { describe, expect, it } from '@jest/globals';
import { expectClose } from '@hypersphere/testing';

import { chanceOf, chanceValue, metricRegistry, topKAccuracy } from '../../src';
import golden from '../golden/chance.json';

describe.each(golden.cases)('chance with $classes classes of $imagesPerClass', (c) => {
  const at = (rule: Parameters<typeof chanceOf>[0]): number => chanceOf(rule, c)!;

  it('is the mean over all orders', () => {
    expectClose(
      [at({ rule: 'recall', k: 2 }), at({ rule: 'rPrecision' }), at({ rule: 'mapAtR' }), at({ rule: 'map' }), at({ rule: 'mrr' })],
      [c.recallAt2, c.rPrecision, c.mapAtR, c.map, c.mrr],
    );
  });
});

it('takes chance from the registry', () => {
  const context = { classes: 10, imagesPerClass: 5, distractors: 99 };
  expect(chanceValue('verification.auc', context)).toBe(0.5);
  expect(chanceValue('verification.tarAtFar1e-3', context)).toBe(0.001);
  expect(chanceValue('identification.rank5', context)).toBe(0.05);
  expect(chanceValue('identification.rank5', { classes: 10, imagesPerClass: 5 })).toBeUndefined();
  expect(chanceValue('classification.top5', context)).toBe(0.5);
  expect(chanceValue('geometry.meanNorm', context)).toBeUndefined();
});

it('knows where lower is better', () => {
  const lower = Object.entries(metricRegistry).filter(([, { higherIsBetter }]) => !higherIsBetter).map(([name]) => name);
  expect(lower).toEqual(expect.arrayContaining(['verification.eer', 'geometry.angularFisher', 'geometry.intraAngle', 'geometry.overlap']));
  expect(lower).not.toContain('verification.auc');
});

it('counts top-k as scikit-learn does; ties count against', () => {
  const logits = Float32Array.from(golden.logits.flat());
  const labels = Int32Array.from(golden.labels);
  for (const [k, share] of Object.entries(golden.top)) expectClose(topKAccuracy(logits, labels, { k: Number(k), classes: 7 }), share);
  expect(topKAccuracy(Float32Array.of(1, 1), Int32Array.of(0), { classes: 2 })).toBe(0);
  expect(() => topKAccuracy(Float32Array.of(1, 1), Int32Array.of(2), { classes: 2 })).toThrow('topKAccuracy: labels must be in [0, 2), got 2');
});
