import type { Config } from 'vega-lite';

import { FONT_STACK } from './fonts/shipped-fonts';

/** Colour-blind-safe palette. @see Okabe and Ito, Color Universal Design, 2008, https://jfly.uni-koeln.de/color/ */
export const OKABE_ITO = {
  black: '#000000',
  orange: '#E69F00',
  sky: '#56B4E9',
  green: '#009E73',
  yellow: '#F0E442',
  blue: '#0072B2',
  vermillion: '#D55E00',
  purple: '#CC79A7',
} as const;

/** Ten classes of an embedding plot. @see Tol, muted qualitative scheme, https://personal.sron.nl/~pault/ */
export const CLASS_COLOURS = ['#332288', '#88CCEE', '#44AA99', '#117733', '#999933', '#DDCC77', '#CC6677', '#882255', '#AA4499', '#555555'] as const;

export const INK = { text: '#1F2328', soft: '#57606A', axis: '#8C959F', grid: '#E6E8EB', faint: '#C9CED4' } as const;

/** Sizes in pixels: a figure is as wide as a page of text. */
export const PAGE = { width: 720, height: 300, title: 16, subtitle: 12.5, label: 12, small: 11 } as const;

/** The one look of every figure. */
export const themeConfig: Config = {
  background: 'white',
  aria: false, // a label for each of thousands of dots would double the file
  padding: 14,
  font: FONT_STACK,
  autosize: { type: 'pad' },
  view: { stroke: null },
  axis: {
    labelFont: FONT_STACK, titleFont: FONT_STACK, labelFontSize: PAGE.label, titleFontSize: PAGE.label, titleFontWeight: 400,
    labelColor: INK.soft, titleColor: INK.text, domainColor: INK.axis, tickColor: INK.axis, gridColor: INK.grid,
    titlePadding: 8, labelPadding: 4, tickSize: 4, labelLimit: 260, titleLimit: 500, labelFlush: false,
  },
  axisX: { grid: false },
  axisY: { domain: false, ticks: false, grid: true },
  title: {
    font: FONT_STACK, fontSize: PAGE.title, fontWeight: 600, color: INK.text, anchor: 'start', frame: 'bounds', offset: 14, limit: 2000,
    subtitleFont: FONT_STACK, subtitleFontSize: PAGE.subtitle, subtitleFontWeight: 400, subtitleColor: INK.soft, subtitlePadding: 5, subtitleLineHeight: 16, lineHeight: 20,
  },
  header: { labelFont: FONT_STACK, titleFont: FONT_STACK, labelFontSize: PAGE.label, labelFontWeight: 600, labelColor: INK.text },
  legend: {
    labelFont: FONT_STACK, titleFont: FONT_STACK, labelFontSize: PAGE.label, titleFontSize: PAGE.label, titleFontWeight: 600,
    labelColor: INK.text, titleColor: INK.text, symbolStrokeWidth: 2, labelLimit: 300, orient: 'right',
  },
  text: { font: FONT_STACK, fontSize: PAGE.label, color: INK.text },
  line: { strokeWidth: 2, strokeJoin: 'round', strokeCap: 'round' },
  point: { filled: true, size: 40, opacity: 1 },
  rule: { color: INK.axis, strokeWidth: 1 },
};
