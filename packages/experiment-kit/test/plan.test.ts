import { describe, expect, it } from '@jest/globals';

import { mergeRuns, planExperiment } from '../src/plan';
import { tiny } from './tiny';

const { experiment } = tiny;
const names = (runs: readonly { seed: number; uses: readonly { variants: readonly string[] }[] }[]) => runs.map(({ seed, uses }) => `${uses[0]?.variants.join('=')} ${seed}`);
const withStandard = (changes: object) => ({ ...experiment, profiles: { ...experiment.profiles, standard: { ...experiment.profiles.standard, ...changes } } });

describe('planExperiment', () => {
  it('trains variants with one config once, under all their names, seed by seed', () => {
    expect(names(planExperiment(experiment, { profile: 'standard' }))).toEqual([
      'softmax 0', 'cosface=cosface, again 0', 'softmax 1', 'cosface=cosface, again 1', 'softmax 2', 'cosface=cosface, again 2',
    ]);
  });

  it('gives variants that no claim compares the seeds of the others', () => {
    const fewer = { ...withStandard({ seedsOfOthers: [0] }), claims: {} };
    expect(names(planExperiment(fewer, { profile: 'standard' }))).toEqual(['softmax 0', 'cosface=cosface, again 0']);
    // 'cosface, again' is named by no claim, yet it is the run of one that is
    expect(names(planExperiment(withStandard({ seedsOfOthers: [0] }), { profile: 'standard' }))).toEqual([
      'softmax 0', 'cosface=cosface, again 0', 'softmax 1', 'cosface 1', 'softmax 2', 'cosface 2',
    ]);
  });

  it('runs what serves a figure with its first seed only', () => {
    const once = withStandard({ variants: ['softmax'], once: ['cosface'] });
    expect(names(planExperiment(once, { profile: 'standard' }))).toEqual(['softmax 0', 'cosface 0', 'softmax 1', 'softmax 2']);
    expect(names(planExperiment(once, { profile: 'standard', seeds: [4, 5] }))).toEqual(['softmax 4', 'cosface 4', 'softmax 5']);
    expect(names(planExperiment(once, { profile: 'standard', seeds: [4, 5], only: ['cosface'] }))).toEqual(['cosface 4', 'cosface 5']);
  });

  it('takes names with commas, and lists of names', () => {
    const only = (...given: string[]) => names(planExperiment(experiment, { profile: 'smoke', only: given }));
    expect(only('cosface, again')).toEqual(['cosface, again 0']);
    expect(only('softmax,cosface')).toEqual(['softmax 0', 'cosface 0']);
    expect(only('softmax', 'softmax')).toEqual(['softmax 0']);
    expect(() => only('sofmax')).toThrow("tiny: unknown variant 'sofmax'; known: softmax, cosface, 'cosface, again'; did you mean 'softmax'?");
  });

  it('keeps to the profile: what it makes of a variant is what runs', () => {
    const [first] = planExperiment(experiment, { profile: 'smoke' });
    expect(first?.config.schedule.epochs).toBe(60);
  });
});

describe('mergeRuns', () => {
  it('plans a run of several papers once, with the names that each gives it', () => {
    const other = { ...experiment, id: 'other', variants: { baseline: { loss: { name: 'softmax' } } }, claims: {}, profiles: { ...experiment.profiles, smoke: { ...experiment.profiles.smoke, variants: 'all' } } } as const;
    const merged = mergeRuns([...planExperiment(experiment, { profile: 'smoke' }), ...planExperiment(other, { profile: 'smoke' })]);
    expect(merged.map(({ uses }) => uses)).toEqual([
      [{ paper: 'tiny', variants: ['softmax'] }, { paper: 'other', variants: ['baseline'] }],
      [{ paper: 'tiny', variants: ['cosface'] }],
    ]);
  });
});
