import { shippedFonts, type FontWeight } from './shipped-fonts';

/** Nearest shipped weight to a CSS one. */
export function shippedWeight(weight: string | number | undefined): FontWeight {
  if (weight === 'bold') return 700;
  const number = Number(weight ?? 400);
  if (!(number > 500)) return 400;
  return number > 650 ? 700 : 600;
}

/**
 * Width of a line of text in the shipped font, kerning left out.
 *
 * @param text one line
 * @param fontSize pixels
 * @returns pixels
 */
export function textWidth(text: string, fontSize: number, weight: FontWeight = 400): number {
  const widths = shippedFonts().widths.get(weight);
  let ems = 0;
  for (const character of text) ems += widths?.get(character.codePointAt(0) ?? 0) ?? 0.6;
  return ems * fontSize;
}

/** Characters of the text that no shipped font can draw, each once. */
export function missingGlyphs(text: string): string[] {
  const { widths } = shippedFonts();
  const absent = [...new Set(text)].filter((c) => !/\s/.test(c) && [...widths.values()].some((known) => !known.has(c.codePointAt(0) ?? 0)));
  return absent.sort();
}

/** Breaks text at spaces into lines no wider than `width` pixels; a longer word stands alone. */
export function wrapText(text: string, width: number, fontSize: number, weight: FontWeight = 400): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((w) => w !== '')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last === undefined || textWidth(longer, fontSize, weight) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
