import { describe, expect, it } from '@jest/globals';
import { available, type ConfigOf, type DataConfig, resolveDataConfig } from '../../src/config';
import { facesOf, familySplit, latinFamilies, latinPackage } from '../../src/typefaces/families';
import { wordsOf } from '../../src/typefaces/words';
import { roles } from '../../src/role';

const splitOf = (options: Partial<Extract<DataConfig, { name: 'typefaces' }>> = {}) =>
  familySplit(resolveDataConfig({ name: 'typefaces', ...options }) as ConfigOf<'typefaces'>);

describe('the families', () => {
  it('have one role each, as many as the config promises', () => {
    expect(new Set(latinFamilies.map(({ id }) => id)).size).toBe(latinFamilies.length);
    for (const role of roles) expect(latinFamilies.filter((family) => family.role === role)).toHaveLength(available.families[role]);
  });

  it('of one name stem share a role', () => {
    const byStem = new Map<string, Set<string>>();
    for (const { id, role } of latinFamilies) {
      const stem = id.split('-')[0] ?? id;
      byStem.set(stem, new Set([...(byStem.get(stem) ?? []), role]));
    }
    expect([...byStem].filter(([, found]) => found.size > 1)).toEqual([]);
  });

  it('are pinned under a free licence', () => {
    const free = ['OFL-1.1', 'Apache-2.0', 'UFL-1.0'];
    expect(latinFamilies.map(latinPackage).filter(({ licence, integrity }) => !free.includes(licence) || !/^sha512-.{88}$/.test(integrity))).toEqual([]);
  });
});

describe('the split', () => {
  it('cuts faces, keeps families apart, takes outsiders from training families that are not used', () => {
    const split = splitOf({ trainFamilies: 80, facesPerFamily: 2, labelNoise: { share: 0.5, kind: 'open' } });
    const ids = Object.values(split).flatMap((families) => families.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(Math.max(...split.train.map(({ faces }) => faces.length))).toBe(2);
    expect(facesOf(split.outsiders).length).toBeGreaterThanOrEqual(facesOf(split.train).length / 2);
    expect(split.outsiders.every(({ role }) => role === 'train')).toBe(true);
  });

  it('has no outsiders without open-set noise', () => {
    expect(splitOf({ trainFamilies: 80 }).outsiders).toEqual([]);
  });
});

describe('the words', () => {
  it('are 4 to 9 letters long and serve one role each', () => {
    const all = roles.flatMap((role) => wordsOf(role));
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((word) => !/^[a-z]{4,9}$/.test(word))).toEqual([]);
    expect(roles.map((role) => wordsOf(role).length)).toEqual([2400, 600, 1200]);
  });
});
