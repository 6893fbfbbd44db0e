import { join } from 'node:path';
import { packageFolder, pinned } from '../fetch/pinned-package';
import { registerFont } from '../render/fonts';
import { glyphSheet } from '../render/glyph-sheet';
import { syllables } from './syllables';
import type { HangulTypeface } from './typefaces';

/** How glyphs are drawn: part of the manifest. */
export const hangulDrawing = { sizePixels: 32, typicalInkPixels: 26, largestInkPixels: 30 } as const;

/** Every 47th syllable sets a typeface's scale, so that it depends on no config. */
const reference = syllables.all.filter((_, at) => at % 47 === 0);

/**
 * Draws syllables in one fetched typeface.
 *
 * @returns uint8 `[n, 32, 32]`, white on black
 */
export function drawTypeface(typeface: HangulTypeface, wanted: readonly string[]): Uint8Array {
  registerFont(join(packageFolder(pinned(typeface.packageName, [typeface.file])), typeface.file), `hangul ${typeface.id}`);
  return glyphSheet(`hangul ${typeface.id}`, wanted, reference, hangulDrawing);
}
