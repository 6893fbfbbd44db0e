import type { FigureSpec } from '../render/render-figure';
import { INK, OKABE_ITO, PAGE } from '../theme';
import { labelOf, type FigureVariant } from '../variant-style';
import { needSome } from './drawable';
import { textAt } from './end-labels';
import { frame, panelGrid, panelHeading } from './frame';
import type { Layer } from './layer';
import type { FigureText } from './line-model';
import { wordsOf } from './line-figure';
import { targetLogit, type TargetLogit } from './target-logit';

export interface DecisionMargins extends FigureText {
  /** One panel each: two classes, equal scales, no bias. */
  readonly variants: readonly { readonly variant: FigureVariant; readonly logit: TargetLogit }[];
  /** Far end of both axes, degrees. */
  readonly degrees?: number;
}

const SPACING = 26;

/**
 * Where two classes are told apart, over the angles to both prototypes: coloured where training is content,
 * white between the two boundaries, which is the margin.
 */
export function decisionMargins({ variants, degrees = 120, ...text }: DecisionMargins): FigureSpec {
  needSome('decisionMargins', 'variant', variants);
  const columns = Math.min(4, variants.length);
  const side = Math.min(220, Math.floor((PAGE.width - 50 - (SPACING + 30) * (columns - 1)) / columns));
  return frame(wordsOf(text), panelGrid(variants.map((v, i) => panel(v, { side, degrees, first: i % columns === 0 })), columns, SPACING));
}

interface PanelPlan {
  readonly side: number;
  readonly degrees: number;
  readonly first: boolean;
}

function panel({ variant, logit }: DecisionMargins['variants'][number], { side, degrees, first }: PanelPlan): Layer {
  const content = contentRegion(logit, degrees);
  const rows = [...content.map(([x, y], k) => ({ x, y, k, region: 'class 1' })), ...content.map(([x, y], k) => ({ x: y, y: x, k, region: 'class 2' }))];
  const axis = (title: string | null): Layer => ({ title, values: [0, 30, 60, 90, 120, 150, 180].filter((v) => v <= degrees), grid: false, domain: false, ticks: true });
  const scale = { domain: [0, degrees], nice: false };
  return {
    width: side,
    height: side,
    view: { stroke: INK.faint },
    title: panelHeading(labelOf(variant)),
    layer: [
      {
        data: { values: rows },
        mark: { type: 'line', interpolate: 'linear-closed', filled: true, strokeWidth: 0, opacity: 0.75 },
        encoding: {
          x: { field: 'x', type: 'quantitative', scale, axis: axis('θ1 (degrees)') },
          y: { field: 'y', type: 'quantitative', scale, axis: axis(first ? 'θ2 (degrees)' : null) },
          order: { field: 'k', type: 'quantitative' },
          fill: { field: 'region', type: 'nominal', legend: null, scale: { domain: ['class 1', 'class 2'], range: [OKABE_ITO.sky, OKABE_ITO.orange] } },
        },
      },
      textAt('class 1', [6, 12], { fontWeight: 600 }),
      textAt('class 2', [side - 6, side - 11], { fontWeight: 600, align: 'right' }),
    ],
  };
}

/** Corners of the region where training is content with class 1, `T(theta1) >= cos(theta2)`: points (theta1, theta2). */
function contentRegion(logit: TargetLogit, degrees: number): [number, number][] {
  const boundary: [number, number][] = [];
  for (let a = 0; a <= degrees; a += degrees / 240) {
    const b = boundaryDegrees(logit, a);
    if (b > degrees) break;
    boundary.push([a, b]);
  }
  const last = boundary.at(-1)?.[0] ?? 0;
  return [...boundary, [last, degrees], [0, degrees]];
}

/** Least angle to the other prototype at which a sample `degrees` from its own is content; infinite if there is none. */
export function boundaryDegrees(logit: TargetLogit, degrees: number): number {
  const value = targetLogit(logit, (degrees * Math.PI) / 180);
  return value < -1 || Number.isNaN(value) ? Infinity : (Math.acos(Math.min(1, value)) * 180) / Math.PI;
}
