import { quantile } from '@hypersphere/evaluation';

import { fixed } from '../format';
import type { FigureSpec } from '../render/render-figure';
import { INK, PAGE } from '../theme';
import { labelOf } from '../variant-style';
import { medianGapDegrees } from './angular-gaps';
import { needSome } from './drawable';
import { circlePath, classColour, dots, path, squareXY, words, type Square } from './drawing';
import { classDirections, pointsByClass, unit, type EmbeddingSeries } from './embedding-model';
import { frame, panelHeading } from './frame';
import type { Layer } from './layer';
import { wordsOf } from './line-figure';
import type { FigureText } from './line-model';
import { angleDensities, petals, rounded } from './petals';

export interface CircleFigure extends FigureText {
  /** Two-dimensional embeddings, one column each. */
  readonly variants: readonly EmbeddingSeries[];
}

const MOST_A_ROW = 4;
const MOST_POINTS = { raw: 70, onCircle: 40 } as const;
const SPACING = 22;
/** How far the tallest petal reaches beyond the circle, in radii. */
const PETAL = 0.45;

/**
 * Two-dimensional embeddings: above as they are, below on the unit circle with prototypes as rays and, outside, the
 * density of each class's angles; empty angle between classes is what a margin buys.
 *
 * @throws RangeError if an embedding does not have two dimensions
 */
export function circle({ variants, ...text }: CircleFigure): FigureSpec {
  needSome('circle', 'variant', variants);
  const columns = Math.min(MOST_A_ROW, variants.length);
  const side = Math.min(260, Math.floor((PAGE.width - SPACING * (columns - 1)) / columns));
  const rows = Array.from({ length: Math.ceil(variants.length / columns) }, (_, i) => variants.slice(i * columns, (i + 1) * columns));
  const top = Math.max(...variants.flatMap((v) => angleDensities(v).flatMap(([, density]) => density))); // one height for all, so that petals compare
  for (const { points, variant } of variants) {
    if (points.some((p) => p.length !== 2)) throw new RangeError(`circle: embeddings of '${variant.name}' must be [n, 2], got [${points.length}, ${points.find((p) => p.length !== 2)?.length ?? 0}]`);
  }
  const panels = rows.flatMap((row) => [{ hconcat: row.map((v) => rawPanel(v, side)), spacing: SPACING }, { hconcat: row.map((v) => circlePanel(v, side, top)), spacing: SPACING }]);
  return frame(wordsOf(text), { vconcat: panels, spacing: 8, resolve: { scale: { x: 'independent', y: 'independent', color: 'independent' } } });
}

function rawPanel(series: EmbeddingSeries, side: number): Layer {
  const reach = quantile(series.points.map((p) => Math.hypot(...p)), 0.995) * 1.08 || 1;
  const square: Square = { half: reach, side };
  const rows = pointsByClass(series, MOST_POINTS.raw).flatMap(([label, own]) => own.map(([x = 0, y = 0]) => ({ x: Number(x.toPrecision(4)), y: Number(y.toPrecision(4)), label })));
  const cross = [-1, 1].flatMap((s) => [{ x: s * reach, y: 0, axis: 'x', k: s }, { x: 0, y: s * reach, axis: 'y', k: s }]);
  return {
    width: side,
    height: side,
    view: { stroke: INK.grid },
    title: panelHeading([labelOf(series.variant), ...(series.note === undefined ? [] : [series.note])]),
    layer: [
      path(cross, square, { color: INK.grid }, { detail: { field: 'axis' } }),
      dots(rows, square, { size: 7, opacity: 0.55, clip: true }, { color: classColour(labelsOf(series)) }),
      words([{ x: reach * 0.97, y: -reach * 0.93, text: `raw, frame ± ${fixed(reach, reach < 10 ? 1 : 0)}` }], square, { align: 'right', fontSize: PAGE.small, color: INK.soft }),
    ],
  };
}

function circlePanel(series: EmbeddingSeries, side: number, top: number): Layer {
  const square: Square = { half: 1 + PETAL + 0.22, side };
  const color = classColour(labelsOf(series));
  const onCircle = pointsByClass(series, MOST_POINTS.onCircle).flatMap(([label, own]) => own.map((p) => ({ x: rounded(unit(p)[0] ?? 0), y: rounded(unit(p)[1] ?? 0), label })));
  const directions = [...classDirections(series)];
  const rays = directions.flatMap(([label, [x = 0, y = 0]]) => [{ x: 0, y: 0, label, k: 0 }, { x, y, label, k: 1 }]);
  const names = directions.map(([label, [x = 0, y = 0]]) => ({ x: x * (square.half - 0.09), y: y * (square.half - 0.09), label, text: String(label) }));
  return {
    width: side,
    height: side,
    layer: [
      path(circlePath(1), square, { interpolate: 'linear-closed', color: INK.faint }),
      path(petals(angleDensities(series), top, PETAL), square, { interpolate: 'linear-closed', filled: true, opacity: 0.6, strokeWidth: 0 }, { fill: color, detail: { field: 'part' } }),
      path(rays, square, { strokeWidth: 1.4, opacity: 0.9 }, { color, detail: { field: 'label' } }),
      dots(onCircle, square, { size: 9, opacity: 0.5 }, { color }),
      words(names, square, { fontSize: PAGE.small, fontWeight: 600 }, { color }),
      gapWords(series, square),
    ],
  };
}

function gapWords(series: EmbeddingSeries, square: Square): Layer {
  const gap = medianGapDegrees(series);
  const text = gap < 0 ? `overlap ${fixed(-gap, 0)}°` : `gap ${fixed(gap, 0)}°`;
  const backdrop = { type: 'rect', color: 'white', opacity: 0.8 };
  return { layer: [
    { data: { values: [{}] }, mark: { ...backdrop, cornerRadius: 3 }, encoding: { x: { value: square.side / 2 - 34 }, x2: { value: square.side / 2 + 34 }, y: { value: square.side / 2 - 10 }, y2: { value: square.side / 2 + 10 } } },
    { data: { values: [{ x: 0, y: 0, text }] }, mark: { type: 'text', baseline: 'middle', fontWeight: 600, fontSize: PAGE.label + 1 }, encoding: { ...squareXY(square), text: { field: 'text' } } },
  ] };
}

const labelsOf = (series: EmbeddingSeries): number[] => [...new Set(series.labels)].sort((a, b) => a - b);
