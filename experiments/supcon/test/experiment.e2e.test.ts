import { describe, expect, it } from '@jest/globals';

import { smokeReproduce } from '../../../packages/experiment-kit/test/smoke-reproduce';

describe('supcon', () => {
  const { record } = smokeReproduce('supcon');
  const valueOf = (variant: string, metric: string) => record(variant).metrics[metric]?.value;

  it('has both places of the mean, all else equal', () => {
    const [outside, inside] = [record('SupCon'), record('SupCon, mean inside')];
    expect([outside.config.loss, inside.config.loss]).toMatchObject([{ form: 'out', temperature: 0.1, rescale: 'none' }, { form: 'in', temperature: 0.1 }]);
    expect({ ...inside.config, loss: outside.config.loss }).toEqual(outside.config);
  });

  it('gives cross-entropy no projection, and as many views as the row says', () => {
    expect(record('cross-entropy').config.backbone).toMatchObject({ embeddingDim: 0 });
    expect(record('cross-entropy').config.schedule.augmentation).toEqual({ mirror: true, resizedCrop: { area: [0.2, 1], aspect: [3 / 4, 4 / 3] } });
    expect(record('cross-entropy, two views').config.schedule.augmentation).toEqual(record('SupCon').config.schedule.augmentation);
    expect(record('cross-entropy, equal images').config.schedule).toEqual({ ...record('cross-entropy').config.schedule, augmentation: { ...record('cross-entropy').config.schedule.augmentation, views: 2 } });
  });

  it('trains the same network for one and for two stages, and asks another classifier', () => {
    const [one, two] = [record('cross-entropy, equal images'), record('cross-entropy, two stages')];
    expect(one.curve).toEqual(two.curve);
    expect(valueOf('cross-entropy, equal images', 'classification.probeTop1')).toBe(valueOf('cross-entropy, two stages', 'classification.top1'));
  });

  it('has the probe for classifier where the loss has none', () => {
    expect(valueOf('SupCon', 'classification.top1')).toBe(valueOf('SupCon', 'classification.probeTop1'));
    expect(record('SupCon').series).toMatchObject({ probe: { heldOut: [{ learningRate: 0.1 }, { learningRate: 1 }] } });
  });

  it('measures every corruption at every severity', () => {
    const { corruptions } = record('SupCon').series as { corruptions: { name: string; accuracies: number[] }[] };
    expect(corruptions.map(({ accuracies }) => accuracies.length)).toEqual(new Array(14).fill(5));
    const errors = corruptions.flatMap(({ accuracies }) => accuracies.map((accuracy) => 1 - accuracy));
    expect(valueOf('SupCon', 'classification.corruptionError')).toBeCloseTo(errors.reduce((sum, error) => sum + error, 0) / errors.length, 5);
  });
});
