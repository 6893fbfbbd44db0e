import { describe, expect, it } from '@jest/globals';

import { glyphWidths } from '../../src/fonts/glyph-widths';
import { shippedFonts } from '../../src/fonts/shipped-fonts';
import { missingGlyphs, shippedWeight, textWidth, wrapText } from '../../src/fonts/text-width';
import { woffToSfnt } from '../../src/fonts/woff-to-sfnt';

describe('the shipped fonts', () => {
  it('have the letters, signs and Greek of our figures, in each weight', () => {
    expect(missingGlyphs('AZaz09 éß αλθψΣ ±×·°†–−%@[]{}|<>&')).toEqual([]);
    expect(missingGlyphs('a가≤')).toEqual(['≤', '가']);
    expect([...shippedFonts().widths.keys()]).toEqual([400, 600, 700]);
  });

  it('give text its true width: digits are even, bold is wider', () => {
    expect(textWidth('0', 1000)).toBeCloseTo(textWidth('1', 1000), 9); // tabular figures, 497 of 1000 units
    expect(textWidth('0', 1000)).toBeCloseTo(497, 0);
    expect(textWidth('iii', 12)).toBeLessThan(textWidth('mmm', 12) / 2);
    expect(textWidth('softmax', 12, 600)).toBeGreaterThan(textWidth('softmax', 12, 400));
    expect(textWidth('ab', 20)).toBeCloseTo(2 * textWidth('ab', 10), 9);
  });

  it('are chosen by the weight asked for', () => {
    expect([undefined, 'normal', 'bold', 400, 600, '700'].map(shippedWeight)).toEqual([400, 400, 700, 400, 600, 700]);
  });
});

it('wraps at spaces', () => {
  const width = textWidth('one two', 12);
  expect(wrapText('one two three', width + 0.1, 12)).toEqual(['one two', 'three']);
  expect(wrapText('incomprehensibilities', 10, 12)).toEqual(['incomprehensibilities']);
  expect(wrapText('', 10, 12)).toEqual([]);
});

it('refuses what is no font', () => {
  expect(() => woffToSfnt(Buffer.from('not a font'))).toThrow(new TypeError('woffToSfnt: expected a WOFF 1 file (signature wOFF)'));
  expect(() => glyphWidths(Buffer.alloc(12))).toThrow(new TypeError("glyphWidths: the font has no table 'head'"));
});
