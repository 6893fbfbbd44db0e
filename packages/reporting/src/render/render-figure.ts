import { Resvg } from '@resvg/resvg-js';
import type { TopLevelSpec } from 'vega-lite';

import { FONT_FAMILY, GREEK_FAMILY, withFontFiles } from '../fonts/shipped-fonts';
import { missingGlyphs, shippedWeight, textWidth } from '../fonts/text-width';
import { readableJson } from '../output/readable-json';
import { writeIfChanged } from '../output/write-if-changed';
import { oneLine } from '../tables/escape';

/** A figure: a Vega-Lite specification with its data inside. */
export type FigureSpec = TopLevelSpec;

export interface DrawnFigure {
  /** The specification with its data, numbers rounded. */
  readonly json: string;
  readonly svg: string;
  readonly png: Uint8Array;
  /** What Vega-Lite complained about; empty for a sound specification. */
  readonly warnings: readonly string[];
}

/** Exported by vega, left out of its types. */
interface MeasuresText {
  readonly textMetrics: { width: (item: TextItem, text: string | number | null) => number };
}

interface TextItem {
  readonly text?: unknown;
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}

/**
 * Draws a figure without a browser: Vega-Lite to SVG, SVG to PNG at twice the size, text in the shipped font only.
 *
 * @throws RangeError if a text has a character that the shipped font cannot draw
 */
export async function drawFigure(spec: FigureSpec): Promise<DrawnFigure> {
  const json = readableJson(withVisibleText(spec));
  // vega has a top-level await, so CommonJS reaches it by import() only
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  const warnings: string[] = [];
  const logger = collectWarnings(vega.logger(vega.Warn), warnings);
  vegaLite.resetIdCounter();
  vega.resetSVGDefIds();
  (vega as unknown as MeasuresText).textMetrics.width = widthOf;
  const compiled = vegaLite.compile(JSON.parse(json) as FigureSpec, { logger });
  const view = new vega.View(vega.parse(compiled.spec), { renderer: 'none', logger });
  try {
    const svg = shortNumbers(await view.toSVG());
    const missing = missingGlyphs(textsOf(svg).join(''));
    if (missing.length > 0) throw new RangeError(`drawFigure: the shipped font ${FONT_FAMILY} cannot draw ${missing.join(' ')}; write it in words`);
    return { json, svg: `${svg}\n`, png: toPng(svg), warnings };
  } finally {
    view.finalize();
  }
}

/**
 * Writes `<basePath>.vl.json`, `.svg` and `.png`, each only if its bytes changed.
 *
 * @returns the paths that were written
 */
export async function renderFigure(spec: FigureSpec, basePath: string): Promise<string[]> {
  const { json, svg, png } = await drawFigure(spec);
  const written: string[] = [];
  for (const [ending, content] of [['vl.json', json], ['svg', svg], ['png', png]] as const) {
    if (await writeIfChanged(`${basePath}.${ending}`, content)) written.push(`${basePath}.${ending}`);
  }
  return written;
}

/** Control characters are no XML, and what turns text around turns its neighbours around. */
const withVisibleText = (spec: FigureSpec): unknown => JSON.parse(JSON.stringify(spec, (_key, value: unknown) => (typeof value === 'string' ? drawable(value) : value)));

/** Vega looks words up in plain objects: `constructor` would be found there, and is told apart by a space that nobody sees. */
const drawable = (text: string): string => (text in Object.prototype ? `${text} ` : oneLine(text));

/** Texts of an SVG, entities decoded, in drawing order. */
export function textsOf(svg: string): string[] {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  const decode = (text: string): string => text.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? (name.startsWith('#') ? String.fromCodePoint(Number(name.slice(1))) : whole));
  return [...svg.matchAll(/<(?:text|tspan)[^>]*>([^<]*)/g)].map((m) => decode(m[1] ?? '')).filter((t) => t.trim() !== '');
}

function widthOf(item: TextItem, text: string | number | null): number {
  return textWidth(String(text ?? '').trim(), item.fontSize ?? 11, shippedWeight(item.fontWeight));
}

function toPng(svg: string): Uint8Array {
  return withFontFiles((fontFiles) => new Resvg(withGreekFamily(svg), {
    background: 'white',
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: FONT_FAMILY },
    fitTo: { mode: 'zoom', value: 2 },
  }).render().asPng());
}

/** Hundredths of a pixel are enough; shorter and the same on every machine. Texts stay as they are. */
const shortNumbers = (svg: string): string => svg.replace(/<[^>]+>/g, (tag) => tag.replace(/-?\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2)))));

/** Greek lies in font files of its own: named for the PNG renderer, which else takes the first weight it finds. */
const withGreekFamily = (svg: string): string => svg.replace(/>([^<]*)</g, (_between, text: string) => `>${text.replace(/[\u0370-\u03ff]+/g, `<tspan font-family="${GREEK_FAMILY}">$&</tspan>`)}<`);

function collectWarnings<T extends { warn: (...text: readonly unknown[]) => unknown }>(logger: T, into: string[]): T {
  logger.warn = (...text) => {
    into.push(text.map(String).join(' '));
    return logger;
  };
  return logger;
}
