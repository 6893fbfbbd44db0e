import { describe, expect, it } from '@jest/globals';
import { type ConfigOf, type DataConfig, resolveDataConfig } from '../../src/config';
import correlations from '../../src/hangul/correlations.json';
import { type HangulSplit, hangulSplit } from '../../src/hangul/split';
import { syllables } from '../../src/hangul/syllables';
import table from '../../src/hangul/typeface-table.json';
import { hangulTypefaces } from '../../src/hangul/typefaces';

const splitOf = (options: Partial<Extract<DataConfig, { name: 'hangul' }>> = {}): HangulSplit =>
  hangulSplit(resolveDataConfig({ name: 'hangul', ...options }) as ConfigOf<'hangul'>);
const everyPart = { trainClasses: 500, validationClasses: 300, testClasses: 600, distractorClasses: 550, labelNoise: { share: 0.5, kind: 'open' as const } };
const partsOf = (split: HangulSplit) => Object.entries({ ...split }) as [keyof HangulSplit, HangulSplit['train']][];

describe('the syllables', () => {
  it('are the 2,350 of KS X 1001 in two halves', () => {
    expect([syllables.all.length, new Set(syllables.all).size]).toEqual([2350, 2350]);
    expect([syllables.all[0], syllables.all[2349]]).toEqual(['가', '힝']);
    expect([syllables.development.length, syllables.final.length]).toEqual([1200, 1150]);
    expect(syllables.final.filter((syllable) => syllables.development.includes(syllable))).toEqual([]);
  });
});

describe('the split', () => {
  it.each(['unseen-typefaces', 'seen-typefaces'] as const)('%s: a syllable has one role', (protocol) => {
    const used = partsOf(splitOf({ ...everyPart, protocol })).flatMap(([, part]) => part.syllables);
    expect(used.length).toBe(500 + 300 + 600 + 550 + 256);
    expect(new Set(used).size).toBe(used.length);
  });

  it('takes test classes and distractors only from outside the development syllables, everything else from these', () => {
    const split = splitOf(everyPart);
    const development = new Set(syllables.development);
    const inside = (part: HangulSplit['train']) => part.syllables.filter((syllable) => development.has(syllable)).length;
    expect([inside(split.test), inside(split.distractors)]).toEqual([0, 0]);
    expect([inside(split.train), inside(split.validation), inside(split.outsiders)]).toEqual([500, 300, 256]);
  });

  it('gives a typeface one role under unseen-typefaces: 16 train, 2 validate, 5 test', () => {
    const { train, validation, test, distractors, outsiders } = splitOf(everyPart);
    expect([train.typefaces.length, validation.typefaces.length, test.typefaces.length]).toEqual([16, 2, 5]);
    expect(new Set([...train.typefaces, ...validation.typefaces, ...test.typefaces]).size).toBe(23);
    expect(distractors.typefaces).toEqual(test.typefaces);
    expect(outsiders.typefaces).toEqual(train.typefaces);
  });

  it('shows all typefaces in every part under seen-typefaces', () => {
    for (const [, part] of partsOf(splitOf({ protocol: 'seen-typefaces' }))) expect(part.typefaces).toEqual(hangulTypefaces);
  });

  it('keeps siblings, and pairs that correlate above .95, on one side', () => {
    const roleOf = (id: string) => hangulTypefaces.find((typeface) => typeface.id === id)?.role;
    const near = correlations.pairs.filter(({ mean, largest }) => mean > 0.95 || largest > 0.95).map(({ pair }) => pair);
    expect(near.length).toBeGreaterThan(0);
    for (const together of [...table.siblings, ...near]) expect(new Set(together.map(roleOf)).size).toBe(1);
  });

  it('is a function of the seed alone', () => {
    expect(splitOf()).toEqual(splitOf());
    expect(splitOf({ splitSeed: 2 }).test.syllables).not.toEqual(splitOf().test.syllables);
  });

  it('keeps validation and the first training classes when more are asked for', () => {
    const [small, large] = [splitOf({ trainClasses: 200 }), splitOf({ trainClasses: 600 })];
    expect(large.train.syllables.slice(0, 200)).toEqual(small.train.syllables);
    expect(large.validation).toEqual(small.validation);
    expect(splitOf({ testClasses: 200 }).distractors).toEqual(splitOf({ testClasses: 600 }).distractors);
  });
});
