/** Advance width of each character a font has, in ems. */
export type GlyphWidths = ReadonlyMap<number, number>;

/**
 * Reads which characters a TrueType font has and how wide each is, so that text is laid out by its true width
 * (no canvas) and a character without a glyph is found before it is drawn as a box.
 *
 * @param sfnt bytes of a TrueType file with a format 4 `cmap`
 * @returns code point to advance width, in ems
 * @throws TypeError if a table is missing
 * @see OpenType 1.9, cmap format 4 and hmtx, https://learn.microsoft.com/typography/opentype/spec/cmap
 */
export function glyphWidths(sfnt: Buffer): GlyphWidths {
  const tables = tableOffsets(sfnt);
  const table = (tag: string): number => {
    const at = tables.get(tag);
    if (at === undefined) throw new TypeError(`glyphWidths: the font has no table '${tag}'`);
    return at;
  };
  const unitsPerEm = sfnt.readUInt16BE(table('head') + 18);
  const longMetrics = sfnt.readUInt16BE(table('hhea') + 34);
  const hmtx = table('hmtx');
  const advance = (glyph: number): number => sfnt.readUInt16BE(hmtx + 4 * Math.min(glyph, longMetrics - 1)) / unitsPerEm;
  const widths = new Map<number, number>();
  for (const [code, glyph] of charactersOf(sfnt, table('cmap'))) widths.set(code, advance(glyph));
  return widths;
}

function tableOffsets(sfnt: Buffer): Map<string, number> {
  const offsets = new Map<string, number>();
  for (let i = 0; i < sfnt.readUInt16BE(4); i++) {
    const at = 12 + 16 * i;
    offsets.set(sfnt.toString('latin1', at, at + 4), sfnt.readUInt32BE(at + 8));
  }
  return offsets;
}

function charactersOf(sfnt: Buffer, cmap: number): [code: number, glyph: number][] {
  for (let i = 0; i < sfnt.readUInt16BE(cmap + 2); i++) {
    const subtable = cmap + sfnt.readUInt32BE(cmap + 4 + 8 * i + 4);
    if (sfnt.readUInt16BE(subtable) === 4) return segmentCharacters(sfnt, subtable);
  }
  throw new TypeError('glyphWidths: the font has no cmap of format 4');
}

function segmentCharacters(sfnt: Buffer, subtable: number): [number, number][] {
  const twice = sfnt.readUInt16BE(subtable + 6); // twice the number of segments
  const [ends, starts] = [subtable + 14, subtable + 16 + twice];
  const [deltas, ranges] = [starts + twice, starts + 2 * twice];
  const found: [number, number][] = [];
  for (let s = 0; s < twice; s += 2) {
    const range = sfnt.readUInt16BE(ranges + s);
    const start = sfnt.readUInt16BE(starts + s);
    for (let code = start; code <= sfnt.readUInt16BE(ends + s) && code < 0xffff; code++) {
      const raw = range === 0 ? code : sfnt.readUInt16BE(ranges + s + range + 2 * (code - start));
      const glyph = raw === 0 ? 0 : (raw + sfnt.readUInt16BE(deltas + s)) & 0xffff;
      if (glyph !== 0) found.push([code, glyph]);
    }
  }
  return found;
}
