import type { FigureSpec } from '../render/render-figure';
import type { FigureVariant } from '../variant-style';
import { lineFigure, wordsOf } from './line-figure';
import type { FigureText, LinePoint, ReferenceLine } from './line-model';

export interface SweepMetric {
  readonly title: string;
  /** `percent` for shares; else a d3-format. */
  readonly format?: string;
  readonly points: readonly LinePoint[];
  /** Levels to compare with, such as softmax. */
  readonly references?: readonly ReferenceLine[];
}

export interface MarginSweep extends FigureText {
  /** Words under the axis: `margin m`. */
  readonly axis: string;
  /** The family whose margin is swept; gives the colour. */
  readonly variant: FigureVariant;
  /** One panel each; all on our data: a published curve has other data and never shares an axis with ours. */
  readonly metrics: readonly SweepMetric[];
}

/** Metrics against a swept option: mean with its interval, seeds as dots, diverged runs as crosses. */
export function marginSweep({ axis, variant, metrics, ...text }: MarginSweep): FigureSpec {
  return lineFigure({
    ...wordsOf(text),
    panels: metrics.map(({ title, format = 'percent', points, references = [] }) => {
      const places = points.map((p) => p.x);
      return {
        ...(metrics.length > 1 ? { heading: title } : {}),
        lines: [{ variant, points }],
        x: { title: axis, ticks: [...new Set(places)], domain: widened(places) },
        y: { title: metrics.length > 1 ? '' : title, format },
        references,
        intervals: 'bars',
        dots: true,
        names: 'none',
      };
    }),
  });
}

function widened(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || 1) * 0.04;
  return [low - room, high + room];
}
