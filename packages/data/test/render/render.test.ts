import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { registerFont } from '../../src/render/fonts';
import { glyphSheet } from '../../src/render/glyph-sheet';
import { usableImages } from '../../src/render/usable-images';
import { wordPainter, type WordPose } from '../../src/render/word-image';

jest.setTimeout(60_000);

const fonts = dirname(require.resolve('@fontsource/source-sans-3/package.json'));
const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const options = { sizePixels: 32, typicalInkPixels: 20, largestInkPixels: 28 };

/** First and last row and column with ink. */
function inkBox(image: Uint8Array, width: number) {
  const lit = [...image].flatMap((value, at) => (value > 40 ? [{ x: at % width, y: Math.floor(at / width) }] : []));
  const [xs, ys] = [lit.map(({ x }) => x), lit.map(({ y }) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

beforeAll(() => {
  registerFont(join(fonts, 'files/source-sans-3-latin-400-normal.woff2'), 'test regular');
  registerFont(join(fonts, 'files/source-sans-3-latin-900-normal.woff2'), 'test black');
});

describe('glyphSheet', () => {
  it('draws each glyph centred, white on black, within the image', () => {
    const images = glyphSheet('test regular', letters, letters, options);
    expect(images).toHaveLength(26 * 1024);
    for (let at = 0; at < 26; at++) {
      const { left, right, top, bottom } = inkBox(images.subarray(at * 1024, (at + 1) * 1024), 32);
      expect(Math.abs((left + right) / 2 - 15.5)).toBeLessThanOrEqual(1);
      expect(Math.abs((top + bottom) / 2 - 15.5)).toBeLessThanOrEqual(1);
      expect(Math.max(right - left, bottom - top) + 1).toBeLessThanOrEqual(29);
      expect(images[at * 1024]).toBe(0);
    }
  });

  it('has one scale for all glyphs, which does not depend on which are drawn', () => {
    const all = glyphSheet('test regular', letters, letters, options);
    const one = glyphSheet('test regular', ['k'], letters, options);
    expect(one).toEqual(all.slice(10 * 1024, 11 * 1024));
    const [x, l] = ['x', 'l'].map((glyph) => inkBox(glyphSheet('test regular', [glyph], letters, options), 32));
    expect((l?.bottom ?? 0) - (l?.top ?? 0)).toBeGreaterThan((x?.bottom ?? 0) - (x?.top ?? 0) + 3);
  });

  it('shrinks a glyph that is too large', () => {
    const { left, right } = inkBox(glyphSheet('test regular', ['—'], ['.'], options), 32);
    expect(right - left + 1).toBeLessThanOrEqual(29);
  });

  it('repeats to the byte', () => {
    expect(glyphSheet('test regular', letters, letters, options)).toEqual(glyphSheet('test regular', letters, letters, options));
  });
});

describe('usableImages', () => {
  it('drops blank images, and all of a set of equal ones', () => {
    expect(usableImages(Uint8Array.from([0, 0, 1, 2, 3, 4, 1, 2, 9, 9, 5, 4]), 2)).toEqual([2, 5]);
  });

  it('finds a space and two equal glyphs', () => {
    const images = glyphSheet('test regular', ['a', ' ', 'b', 'c', 'b'], letters, options);
    expect(usableImages(images, 1024)).toEqual([0, 3]);
  });
});

describe('wordPainter', () => {
  const upright = { rotationRadians: 0, shear: 0, scale: 1, shiftXPixels: 0, shiftYPixels: 0 };
  const painter = wordPainter(32, 96);
  const paint = (font: string, word: string, pose: WordPose) => painter.paint(font, word, pose);

  it('fits a word into the image, centred', () => {
    const { left, right, top, bottom } = inkBox(paint('test regular', 'hamburge', upright), 96);
    expect([left >= 3, right <= 92, top >= 3, bottom <= 28]).toEqual([true, true, true, true]);
    expect(right - left > 80 || bottom - top > 20).toBe(true);
    expect(Math.abs((left + right) / 2 - 47.5)).toBeLessThanOrEqual(1.5);
  });

  it('moves to the right and down for positive shifts, and shrinks with the scale', () => {
    const [still, shifted, small] = [{}, { shiftXPixels: 3, shiftYPixels: 2 }, { scale: 0.5 }].map((pose) => inkBox(paint('test regular', 'hamburge', { ...upright, ...pose }), 96));
    expect([(shifted?.left ?? 0) - (still?.left ?? 0), (shifted?.top ?? 0) - (still?.top ?? 0)]).toEqual([3, 2]);
    expect((small?.right ?? 0) - (small?.left ?? 0)).toBeLessThan(0.6 * ((still?.right ?? 0) - (still?.left ?? 0)));
  });

  it('tells faces apart and leaves nothing of the word before', () => {
    const first = paint('test regular', 'one', upright);
    expect(paint('test black', 'one', upright)).not.toEqual(first);
    expect(paint('test regular', 'one', upright)).toEqual(first);
  });
});

describe('registerFont', () => {
  it('refuses a file that is no font', () => {
    expect(() => registerFont(__filename, 'test none')).toThrow('is no font that can be read');
  });
});
