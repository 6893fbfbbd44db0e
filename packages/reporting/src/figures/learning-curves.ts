import type { FigureSpec } from '../render/render-figure';
import type { FigureVariant } from '../variant-style';
import { lineFigure, wordsOf } from './line-figure';
import type { FigureText, Line } from './line-model';
import { groupBy, overSeeds, thinned, type XY } from './over-seeds';

export interface CurvePoint {
  readonly step: number;
  /** Nats. */
  readonly loss: number;
  /** Metrics on validation classes, by name. */
  readonly validation?: Readonly<Record<string, number>>;
}

export interface LearningCurves extends FigureText {
  /** One entry a run. */
  readonly runs: readonly { readonly variant: FigureVariant; readonly seed: number; readonly curve: readonly CurvePoint[] }[];
  readonly metric: { readonly name: string; readonly title: string; readonly format?: string };
  /** Images a step; the axis then counts images. */
  readonly batchSize?: number;
}

const MOST_POINTS = 160;

/** Loss and a validation metric against training, a line per variant, bands from the least to the greatest seed. */
export function learningCurves({ runs, metric, batchSize, ...text }: LearningCurves): FigureSpec {
  const scale = batchSize === undefined ? 1 : batchSize / 1000;
  const lines = (value: (p: CurvePoint) => number | undefined): Line[] =>
    groupBy(runs, (r) => r.variant.name).flatMap(([, ofVariant]) => {
      const curves = ofVariant.map(({ curve }) => curve.flatMap((p): XY[] => (value(p) === undefined ? [] : [[p.step * scale, value(p) ?? 0]])));
      const variant = ofVariant[0]?.variant;
      return variant === undefined ? [] : [{ variant, points: thinned(overSeeds(curves), MOST_POINTS) }];
    });
  const x = { title: batchSize === undefined ? 'steps' : 'images seen (thousands)' };
  return lineFigure({
    ...wordsOf(text),
    panels: [
      { heading: 'Training loss (nats)', lines: lines((p) => p.loss), x, y: { title: '' }, names: 'none' },
      { heading: `${metric.title}, validation`, lines: lines((p) => p.validation?.[metric.name]), x, y: { title: '', format: metric.format ?? 'percent' }, names: 'end' },
    ],
  });
}
