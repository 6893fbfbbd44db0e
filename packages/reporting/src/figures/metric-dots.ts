import { textWidth } from '../fonts/text-width';
import { formatNumber, type NumberFormat } from '../format';
import type { FigureSpec } from '../render/render-figure';
import { INK, PAGE } from '../theme';
import { labelOf, type FigureVariant } from '../variant-style';
import { niceDomain } from './axis-domain';
import { needSome } from './drawable';
import { frame, panelGrid, panelHeading } from './frame';
import type { Layer } from './layer';
import type { FigureText } from './line-model';
import { wordsOf } from './line-figure';
import { lineStyles } from './line-styles';

export interface MetricDot {
  readonly variant: FigureVariant;
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
  readonly seeds?: readonly number[];
  /** Diverged or collapsed runs among the seeds. */
  readonly diverged?: number;
}

export interface MetricDots extends FigureText {
  /** One panel a metric; rows in the order given. */
  readonly metrics: readonly { readonly title: string; readonly format: NumberFormat; readonly rows: readonly MetricDot[] }[];
}

const ROW = 27;
const SPACING = 26;

/** Variants compared by one or more metrics: mean with its interval, seeds as dots, the value in figures. */
export function metricDots({ metrics, ...text }: MetricDots): FigureSpec {
  needSome('metricDots', 'row', metrics.flatMap((m) => m.rows));
  const columns = Math.min(metrics.length, 3);
  const names = Math.max(0, ...metrics.flatMap((m) => m.rows.map((r) => textWidth(labelOf(r.variant), PAGE.label))));
  const width = Math.floor((PAGE.width - names - 14 - columns * 48 - SPACING * (columns - 1)) / columns);
  return frame(wordsOf(text), panelGrid(metrics.map((m, i) => metricPanel(m, width, i % columns === 0)), columns, SPACING));
}

function metricPanel({ title, format, rows }: MetricDots['metrics'][number], width: number, named: boolean): Layer {
  const factor = format.as === 'percent' ? 100 : 1;
  const styles = lineStyles(rows.map((r) => r.variant));
  const order = rows.map((r) => labelOf(r.variant));
  const means = rows.map((r) => ({ variant: labelOf(r.variant), mean: r.mean * factor, low: finite(r.low, r.mean) * factor, high: finite(r.high, r.mean) * factor, text: valueText(r, format) }));
  const seeds = rows.flatMap((r) => (r.seeds ?? []).map((s) => ({ variant: labelOf(r.variant), seed: s * factor })));
  const domain = niceDomain([...means.flatMap((m) => [m.low, m.high, m.mean]), ...seeds.map((s) => s.seed)]);
  const y = { field: 'variant', type: 'nominal', sort: order, axis: named ? { title: null, labelColor: INK.text, grid: false } : null };
  const x = (field: string): Layer => ({ field, type: 'quantitative', title: null, scale: { domain, zero: false, nice: false }, axis: { grid: true, tickCount: 4, domain: false, ticks: false } });
  const layer = (values: readonly Layer[], mark: Layer, encoding: Layer): Layer => ({ data: { values }, mark, encoding: { y, color: styles.color, ...encoding } });
  return {
    width,
    height: { step: ROW },
    title: panelHeading(format.as === 'percent' ? `${title} (%)` : title, width + 40),
    layer: [
      layer(means, { type: 'rule', strokeWidth: 3 }, { x: x('low'), x2: { field: 'high' } }),
      layer(seeds, { type: 'point', size: 14, opacity: 0.5, yOffset: 7 }, { x: x('seed') }),
      layer(means, { type: 'point', size: 55, stroke: 'white', strokeWidth: 1 }, { x: x('mean') }),
      { data: { values: means }, mark: { type: 'text', align: 'left', fontSize: PAGE.label }, encoding: { y, x: { value: width + 6 }, text: { field: 'text' } } },
    ],
  };
}

/** A bound, or the mean where one seed gives none. */
const finite = (bound: number | undefined, mean: number): number => (bound !== undefined && Number.isFinite(bound) ? bound : mean);

const valueText = ({ mean, diverged = 0, seeds }: MetricDot, format: NumberFormat): string => `${formatNumber(mean, format)}${diverged > 0 ? ` †${diverged}/${seeds?.length ?? diverged}` : ''}`;
