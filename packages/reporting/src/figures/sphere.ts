import type { FigureSpec } from '../render/render-figure';
import { INK, PAGE } from '../theme';
import { labelOf } from '../variant-style';
import { needSome } from './drawable';
import { circlePath, classColour, dots, path, words, type Square } from './drawing';
import { classDirections, pointsByClass, unit, type EmbeddingSeries } from './embedding-model';
import { frame, panelGrid, panelHeading } from './frame';
import type { Layer } from './layer';
import type { FigureText } from './line-model';
import { wordsOf } from './line-figure';
import { rounded } from './petals';
import { graticule, orthographic, splitByDepth, type Projected, type View } from './orthographic';

export interface SphereFigure extends FigureText {
  /** Three-dimensional embeddings, one panel each. */
  readonly variants: readonly EmbeddingSeries[];
  readonly view?: View;
}

const MOST_POINTS = 90;
const SPACING = 24;

/**
 * Three-dimensional embeddings on the unit sphere, seen from one side; what lies behind is faded.
 *
 * @throws RangeError if an embedding does not have three dimensions
 */
export function sphere({ variants, view = { azimuth: 25, elevation: 22 }, ...text }: SphereFigure): FigureSpec {
  needSome('sphere', 'variant', variants);
  const columns = variants.length === 4 ? 2 : Math.min(3, variants.length);
  const side = Math.min(300, Math.floor((PAGE.width - SPACING * (columns - 1)) / columns));
  for (const { points, variant } of variants) {
    const wrong = points.find((p) => p.length !== 3);
    if (wrong !== undefined) throw new RangeError(`sphere: embeddings of '${variant.name}' must be [n, 3], got [${points.length}, ${wrong.length}]`);
  }
  return frame(wordsOf(text), panelGrid(variants.map((v) => spherePanel(v, side, view)), columns, SPACING));
}

function spherePanel(series: EmbeddingSeries, side: number, view: View): Layer {
  const square: Square = { half: 1.06, side };
  const color = classColour([...new Set(series.labels)].sort((a, b) => a - b));
  const rows = pointsByClass(series, MOST_POINTS).flatMap(([label, own]) => own.map((p) => ({ ...placeOf(p, view), label })));
  const front = rows.filter((r) => r.depth >= 0).sort((a, b) => a.depth - b.depth);
  const pins = [...classDirections(series)].map(([label, direction]) => ({ ...placeOf(direction, view), label, text: String(label) }));
  const near = pins.filter((p) => p.depth >= 0);
  return {
    width: side,
    height: side,
    title: panelHeading([labelOf(series.variant), ...(series.note === undefined ? [] : [series.note])]),
    layer: [
      path(circlePath(1), square, { interpolate: 'linear-closed', filled: true, fill: shading, strokeWidth: 0 }),
      ...gridLines(view, square),
      dots(rows.filter((r) => r.depth < 0), square, { size: 8, opacity: 0.16 }, { color }),
      words(pins.filter((p) => p.depth < 0), square, { fontSize: PAGE.small, opacity: 0.35 }, { color }),
      path(circlePath(1), square, { interpolate: 'linear-closed', color: INK.axis }),
      dots(front, square, { size: 11, opacity: 0.75 }, { color }),
      dots(near, square, { size: 150, fill: 'white', opacity: 0.92, strokeWidth: 1.4, filled: false }, { stroke: color }),
      words(near, square, { fontSize: PAGE.small - 1, fontWeight: 600 }, { color }),
    ],
  };
}

function placeOf(point: readonly number[], view: View): Projected {
  const { x, y, depth } = orthographic(unit(point), view);
  return { x: rounded(x), y: rounded(y), depth: rounded(depth) };
}

/** Light from the upper left. */
const shading = { gradient: 'radial', x1: 0.38, y1: 0.34, r1: 0, x2: 0.5, y2: 0.5, r2: 0.5, stops: [{ offset: 0, color: '#FFFFFF' }, { offset: 0.7, color: '#F6F7F9' }, { offset: 1, color: '#E4E8EC' }] } as const;

function gridLines(view: View, square: Square): Layer[] {
  const parts = graticule(30).flatMap((line, i) => splitByDepth(line.map((p) => orthographic(p, view))).map((part, j) => ({ ...part, name: `${i}.${j}` })));
  const rows = (front: boolean): Layer[] => parts.filter((p) => p.front === front).flatMap((p) => p.points.map(({ x, y }, k) => ({ x: rounded(x), y: rounded(y), k, part: p.name })));
  const detail = { detail: { field: 'part' } };
  return [path(rows(false), square, { color: INK.grid, opacity: 0.7, strokeWidth: 0.8 }, detail), path(rows(true), square, { color: INK.faint, opacity: 0.8, strokeWidth: 0.8 }, detail)];
}
