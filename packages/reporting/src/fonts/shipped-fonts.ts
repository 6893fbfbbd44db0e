import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { glyphWidths, type GlyphWidths } from './glyph-widths';
import { woffToSfnt } from './woff-to-sfnt';

/** Family of every text in a figure; installed with the package, so that text is the same everywhere. */
export const FONT_FAMILY = 'Source Sans 3';
/** What a browser falls back to when it shows the SVG without the shipped font. */
export const FONT_STACK = `${FONT_FAMILY}, Source Sans Pro, Helvetica, Arial, sans-serif`;

/** Name under which the PNG renderer finds the Greek files. */
export const GREEK_FAMILY = 'Source Sans G';

export type FontWeight = 400 | 600 | 700;
const SCRIPTS = ['latin', 'latin-ext', 'greek'] as const;
const WEIGHTS: readonly FontWeight[] = [400, 600, 700];

interface ShippedFonts {
  readonly truetype: readonly Buffer[];
  readonly widths: ReadonlyMap<FontWeight, GlyphWidths>;
}
let loaded: ShippedFonts | undefined;

/** TrueType bytes and glyph widths of the shipped family: Latin and Greek, weights 400, 600 and 700. */
export function shippedFonts(): ShippedFonts {
  loaded ??= load();
  return loaded;
}

function load(): ShippedFonts {
  const truetype: Buffer[] = [];
  const widths = new Map<FontWeight, GlyphWidths>();
  for (const weight of WEIGHTS) {
    const ofWeight = new Map<number, number>();
    for (const script of SCRIPTS) {
      const font = woffToSfnt(readFileSync(require.resolve(`@fontsource/source-sans-3/files/source-sans-3-${script}-${weight}-normal.woff`)));
      truetype.push(script === 'greek' ? renamed(font) : font);
      for (const [code, width] of glyphWidths(font)) if (!ofWeight.has(code)) ofWeight.set(code, width);
    }
    widths.set(weight, ofWeight);
  }
  return { truetype, widths };
}

/** The font under the Greek name; both names have the same length, so the tables keep their places. */
function renamed(font: Buffer): Buffer {
  const copy = Buffer.from(font);
  const [from, to] = [utf16(FONT_FAMILY), utf16(GREEK_FAMILY)];
  for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + 1)) to.copy(copy, at);
  return copy;
}

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** Runs `body` with the paths of the unpacked fonts: the PNG renderer reads fonts from files only. */
export function withFontFiles<T>(body: (paths: string[]) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'hypersphere-fonts-'));
  try {
    const paths = shippedFonts().truetype.map((font, i) => {
      const path = join(folder, `${i}.ttf`);
      writeFileSync(path, font);
      return path;
    });
    return body(paths);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
