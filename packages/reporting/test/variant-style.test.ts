import { describe, expect, it } from '@jest/globals';

import { variantStyle } from '../src';
import { lineStyles } from '../src/figures/line-styles';

describe('the colour of a variant', () => {
  it.each([
    ['softmax', undefined, '#6B6B6B'],
    ['normface', undefined, '#56B4E9'],
    ['Normalised softmax', undefined, '#56B4E9'],
    ['SphereFace m = 4', undefined, '#009E73'],
    ['A-Softmax', undefined, '#009E73'],
    ['cosface', undefined, '#0072B2'],
    ['m=0.35', 'cosface', '#0072B2'],
    ['arcface m=0.5', undefined, '#D55E00'],
  ])('%s is fixed', (name, family, colour) => {
    expect(variantStyle({ name, ...(family === undefined ? {} : { family }) }).colour).toBe(colour);
  });

  it('is paler below the usual margin of its family and darker above', () => {
    const light = (name: string): number => [1, 3, 5].reduce((sum, i) => sum + Number.parseInt(variantStyle({ name, family: 'cosface' }).colour.slice(i, i + 2), 16), 0);
    const margins = ['m=0', 'm=0.15', 'm=0.25', 'm=0.35', 'm=0.45', 'm=0.6'].map(light);
    expect(margins).toEqual([...margins].sort((a, b) => b - a));
    expect(new Set(margins).size).toBe(6);
  });

  it('does not depend on the label, nor on the other variants', () => {
    const variant = { name: 'arcface m=0.3', label: 'anything' };
    expect(variantStyle(variant)).toEqual(variantStyle({ name: 'arcface m=0.3' }));
    expect(lineStyles([{ name: 'softmax' }, variant]).of(variant)).toEqual(variantStyle(variant));
  });

  it('is the same each time for a family that no list names', () => {
    expect(variantStyle({ name: 'hydra' })).toEqual(variantStyle({ name: 'hydra' }));
    expect(variantStyle({ name: 'hydra' }).colour).toMatch(/^#[0-9A-F]{6}$/);
  });

  it('is told apart by dashes where two variants share it', () => {
    const styles = lineStyles([{ name: 's=8', family: 'cosface' }, { name: 's=64', family: 'cosface' }]);
    const [a, b] = ['s=8', 's=64'].map((name) => styles.of({ name, family: 'cosface' }));
    expect(a?.colour).toBe(b?.colour);
    expect(a?.dash).not.toEqual(b?.dash);
  });
});
