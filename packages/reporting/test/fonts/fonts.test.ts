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

  // sums of single advances, measured by another renderer (Skia) at 1000 px from the woff2 files
  it.each([
    [400, 'softmax', 3370],
    [400, 'ArcFace m = 0.5', 6465],
    [600, 'ArcFace m = 0.5', 6645],
    [400, 'é±−–°', 2301],
    [400, 'λθψ', 1705],
  ] as const)('are as wide as another renderer says: %i %s', (weight, text, width) => {
    expect(textWidth(text, 1000, weight)).toBeCloseTo(width, 6);
  });

  it('are chosen by the weight asked for', () => {
    expect([undefined, 'normal', 'bold', 400, 600, '700'].map(shippedWeight)).toEqual([400, 400, 700, 400, 600, 700]);
  });
});

it('finds glyphs through the index array of a cmap segment', () => {
  expect([...glyphWidths(tinyFont())]).toEqual([[65, 0.25], [66, 0.75], [67, 0.5]]);
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

/** A font of three glyphs: A, B and C take glyphs 1, 3 and 2 by an index array; widths are 250, 500 and 750 of 1000. */
function tinyFont(): Buffer {
  const cmap = words(0, 1, 3, 1, 0, 12, /* format 4: */ 4, 38, 0, 4, 4, 1, 0, 67, 0xffff, 0, 65, 0xffff, 0, 1, 4, 0, 1, 3, 2);
  const head = Buffer.alloc(54);
  head.writeUInt16BE(1000, 18);
  const hhea = Buffer.alloc(36);
  hhea.writeUInt16BE(4, 34);
  const tables: [string, Buffer][] = [['cmap', cmap], ['head', head], ['hhea', hhea], ['hmtx', words(0, 0, 250, 0, 500, 0, 750, 0)]];
  const directory = Buffer.alloc(12 + 16 * tables.length);
  directory.writeUInt16BE(tables.length, 4);
  let offset = directory.length;
  tables.forEach(([tag, table], i) => {
    directory.write(tag, 12 + 16 * i, 'latin1');
    directory.writeUInt32BE(offset, 12 + 16 * i + 8);
    offset += table.length;
  });
  return Buffer.concat([directory, ...tables.map(([, table]) => table)]);
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, i) => bytes.writeUInt16BE(value, 2 * i));
  return bytes;
}
