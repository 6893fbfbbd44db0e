import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';

/** Glyphs are measured at this size in pixels: ink boxes come rounded to whole pixels. */
const measuredAt = 200;

export interface GlyphOptions {
  /** Side of the square image in pixels. */
  readonly sizePixels: number;
  /** The larger side of the ink of a typical glyph, in pixels: one scale for all glyphs of a typeface. */
  readonly typicalInkPixels: number;
  /** A glyph with more ink than this, in pixels, is shrunk to it. */
  readonly largestInkPixels: number;
}

interface Ink {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Draws glyphs of one registered font as grey images, white on black, the ink box centred.
 *
 * @param font alias of a registered font
 * @param glyphs the characters to draw, n of them
 * @param reference characters whose median ink sets the scale of the typeface, so that it does not depend on `glyphs`
 * @returns uint8 `[n, size, size]`, 0 background to 255 ink
 */
export function glyphSheet(font: string, glyphs: readonly string[], reference: readonly string[], options: GlyphOptions): Uint8Array {
  const { sizePixels: size, typicalInkPixels, largestInkPixels } = options;
  const context = sheetContext(size, glyphs.length);
  context.font = `${measuredAt}px "${font}"`;
  const typical = median(reference.map((glyph) => longerSide(inkOf(context, glyph))));
  glyphs.forEach((glyph, at) => {
    const ink = inkOf(context, glyph);
    const scale = Math.min(typicalInkPixels / typical, largestInkPixels / Math.max(1, longerSide(ink)));
    const [row, column] = [Math.floor(at / columns), at % columns];
    const x = (column + 0.5) * size - (ink.left + ink.width / 2) * scale;
    const y = (row + 0.5) * size - (ink.top + ink.height / 2) * scale;
    context.setTransform(scale, 0, 0, scale, x, y);
    context.fillText(glyph, 0, 0);
  });
  return cut(context, size, glyphs.length);
}

const columns = 32;

function sheetContext(size: number, count: number): SKRSContext2D {
  const context = createCanvas(size * columns, size * Math.ceil(count / columns)).getContext('2d');
  context.fillStyle = '#000';
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.fillStyle = '#fff';
  context.textBaseline = 'alphabetic';
  return context;
}

function inkOf(context: SKRSContext2D, glyph: string): Ink {
  const box = context.measureText(glyph);
  return {
    left: -box.actualBoundingBoxLeft,
    top: -box.actualBoundingBoxAscent,
    width: box.actualBoundingBoxLeft + box.actualBoundingBoxRight,
    height: box.actualBoundingBoxAscent + box.actualBoundingBoxDescent,
  };
}

const longerSide = (ink: Ink) => Math.max(ink.width, ink.height);

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.max(1, sorted[sorted.length >> 1] ?? 1);
}

/** The red channel of each cell of the sheet, one image after the other. */
function cut(context: SKRSContext2D, size: number, count: number): Uint8Array {
  const width = size * columns;
  const { data } = context.getImageData(0, 0, width, size * Math.ceil(count / columns));
  const images = new Uint8Array(count * size * size);
  for (let at = 0; at < count; at++) {
    const corner = Math.floor(at / columns) * size * width + (at % columns) * size;
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) images[(at * size + y) * size + x] = data[4 * (corner + y * width + x)] ?? 0;
    }
  }
  return images;
}
