import { wrapText } from '../fonts/text-width';
import type { FigureSpec } from '../render/render-figure';
import { INK, PAGE, themeConfig } from '../theme';
import type { FigureText } from './line-model';
import type { Layer } from './layer';

const SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';

/** Puts title, subtitle (wrapped to the page) and theme around a panel or an arrangement of panels. */
export function frame({ title, subtitle }: FigureText, body: Layer, width: number = PAGE.width): FigureSpec {
  const subtitleLines = subtitle === undefined ? [] : wrapText(subtitle, width, PAGE.subtitle);
  return {
    $schema: SCHEMA,
    description: title,
    title: { text: wrapText(title, width, PAGE.title, 600), ...(subtitleLines.length > 0 ? { subtitle: subtitleLines } : {}) },
    ...(body['title'] === undefined ? body : { vconcat: [body] }), // a panel keeps its own heading
    config: themeConfig,
  } as unknown as FigureSpec;
}

/** Heading of one panel among several. */
export const panelHeading = (text: string | readonly string[], width?: number): Layer => {
  const [head, ...rest] = typeof text === 'string' ? [text] : text;
  const lines = width === undefined ? [head ?? ''] : wrapText(head ?? '', width, PAGE.label + 1, 600);
  return { text: lines, ...(rest.length > 0 ? { subtitle: rest } : {}), anchor: 'start', frame: 'group', fontSize: PAGE.label + 1, lineHeight: 16, offset: 8, color: INK.text, subtitleFontSize: PAGE.label, subtitlePadding: 2 };
};

/** Panels beside each other, `columns` a row. */
export function panelGrid(panels: readonly Layer[], columns: number, spacing = 28): Layer {
  const [only] = panels;
  if (panels.length === 1 && only !== undefined) return only;
  return { concat: panels, columns, spacing, resolve: { scale: { x: 'independent', y: 'independent', color: 'independent' } } };
}
