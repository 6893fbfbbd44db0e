import { textWidth } from '../fonts/text-width';
import { formatGap, type NumberFormat } from '../format';
import type { FigureSpec } from '../render/render-figure';
import { INK, OKABE_ITO, PAGE } from '../theme';
import { niceDomain } from './axis-domain';
import { needSome } from './drawable';
import { frame } from './frame';
import type { Layer } from './layer';
import type { FigureText } from './line-model';
import { wordsOf } from './line-figure';

export interface PairedGap {
  /** What is compared, e.g. `ArcFace − softmax`. */
  readonly label: string;
  /** Mean gap over seeds, in the unit of the metric. */
  readonly gap: number;
  readonly low: number;
  readonly high: number;
  /** One gap a seed. */
  readonly perSeed?: readonly number[];
  readonly verdict?: string;
}

export interface PairedGaps extends FigureText {
  readonly axis: string;
  readonly format: NumberFormat;
  readonly gaps: readonly PairedGap[];
}

const ROW = 30;
const COLOURS: Readonly<Record<string, string>> = { holds: OKABE_ITO.green, fails: OKABE_ITO.vermillion };

/** Forest plot: gaps between variants that share seeds, with their intervals, against zero. */
export function pairedGaps({ axis, format, gaps, ...text }: PairedGaps): FigureSpec {
  needSome('pairedGaps', 'gap', gaps);
  const factor = format.as === 'percent' ? 100 : 1;
  const rows = gaps.map((g) => ({ label: g.label, gap: g.gap * factor, low: g.low * factor, high: g.high * factor, kind: COLOURS[g.verdict ?? ''] === undefined ? 'open' : g.verdict, text: gapText(g, format) }));
  const seeds = gaps.flatMap((g, i) => (g.perSeed ?? []).map((s) => ({ label: g.label, seed: s * factor, kind: rows[i]?.kind })));
  const room = (texts: readonly string[]): number => Math.max(0, ...texts.map((t) => textWidth(t, PAGE.label)));
  const width = Math.max(160, Math.floor(PAGE.width - room(rows.map((r) => r.label)) - room(rows.map((r) => r.text)) - 40));
  const domain = niceDomain([0, ...rows.flatMap((r) => [r.low, r.high]), ...seeds.map((s) => s.seed)]);
  const y = { field: 'label', type: 'nominal', sort: gaps.map((g) => g.label), axis: { title: null, labelColor: INK.text, grid: false, labelLimit: 400 } };
  const x = (field: string): Layer => ({ field, type: 'quantitative', title: axis, scale: { domain, nice: false }, axis: { grid: true, domain: false, ticks: false, tickCount: 6 } });
  const color = { field: 'kind', type: 'nominal', legend: null, scale: { domain: ['holds', 'fails', 'open'], range: [COLOURS['holds'], COLOURS['fails'], INK.soft] } };
  return frame(wordsOf(text), {
    width,
    height: { step: ROW },
    layer: [
      { data: { values: [{ zero: 0 }] }, mark: { type: 'rule', color: INK.text, strokeWidth: 1.2 }, encoding: { x: x('zero') } },
      { data: { values: rows }, mark: { type: 'rule', strokeWidth: 3 }, encoding: { y, color, x: x('low'), x2: { field: 'high' } } },
      { data: { values: seeds }, mark: { type: 'point', size: 16, opacity: 0.5, yOffset: 8 }, encoding: { y, color, x: x('seed') } },
      { data: { values: rows }, mark: { type: 'point', size: 90, stroke: 'white', strokeWidth: 1 }, encoding: { y, color, x: x('gap') } },
      { data: { values: rows }, mark: { type: 'text', align: 'left' }, encoding: { y, x: { value: width + 10 }, text: { field: 'text' } } },
    ],
  });
}

/** One seed has no interval. */
const interval = ({ low, high }: PairedGap, format: NumberFormat): string => (Number.isFinite(low) && Number.isFinite(high) ? ` [${formatGap(low, format)}, ${formatGap(high, format)}]` : '');

const gapText = (g: PairedGap, format: NumberFormat): string => withMinus(`${formatGap(g.gap, format)}${interval(g, format)}`) + (g.verdict === undefined ? '' : ` ${g.verdict}`);

/** The minus sign in place of the hyphen, as on the axes. */
const withMinus = (numbers: string): string => numbers.replaceAll('-', '−');
