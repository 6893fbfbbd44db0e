import { describe, expect, it } from '@jest/globals';

import type { DecayOptions } from '../src/config';
import { layoutOf, type DecayGroup } from '../src/layout';
import { decayStrengths, rateMultipliers } from '../src/update';

const groups: readonly DecayGroup[] = ['weight', 'normalisation', 'bias', 'prelu', 'loss', 'none'];
const layout = layoutOf(
  groups.map((decay) => ({
    name: decay,
    shape: [2],
    decay,
    learningRateMultiplier: decay === 'bias' ? 2 : 1,
    owner: decay === 'loss' || decay === 'none' ? ('loss' as const) : ('backbone' as const),
  })),
);

const strengths = (options: DecayOptions): Record<string, number[]> => {
  const all = decayStrengths({ name: 'sgd', learningRate: 0.1, ...options }, layout);
  return Object.fromEntries(layout.entries.map(({ name, offset, size }) => [name, [...all.slice(offset, offset + size)]]));
};
const all = { weight: [0.25, 0.25], normalisation: [0, 0], bias: [0, 0], prelu: [0, 0], loss: [0.25, 0.25], none: [0, 0] };

describe('decayStrengths', () => {
  it('decays weights and what the loss declares', () => expect(strengths({ weightDecay: 0.25 })).toEqual(all));
  it('decays nothing by default', () => expect([...decayStrengths({ name: 'adam', learningRate: 1 }, layout)]).toEqual(new Array(12).fill(0)));
  it.each([
    ['decayNormalisation', 'normalisation', true, 0.25],
    ['decayBias', 'bias', true, 0.25],
    ['decayPrelu', 'prelu', true, 0.25],
    ['decayLoss', 'loss', false, 0],
  ])('%s changes the group %s alone', (option, group, value, strength) => {
    expect(strengths({ weightDecay: 0.25, [option]: value })).toEqual({ ...all, [group]: [strength, strength] });
  });
});

describe('rateMultipliers', () => {
  it('multiplies a layer\'s own factor and the loss\'s own rate', () => {
    const rates = rateMultipliers({ name: 'sgd', learningRate: 0.1, lossLearningRate: 0.05 }, layout);
    expect([...rates]).toEqual([1, 1, 1, 1, 2, 2, 1, 1, 0.5, 0.5, 0.5, 0.5]);
  });
});
