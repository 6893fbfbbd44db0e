import { circlePath, colourOfClass, dots, frame, INK, PAGE, panelGrid, panelHeading, path, words, type FigureText, type FigureSpec, type Square } from '@hypersphere/reporting';

export interface ArrowPanel {
  readonly heading: string;
  /** `[n, 2]`, of length 1. */
  readonly points: readonly (readonly number[])[];
  /** `[n]`, ordinals of classes. */
  readonly labels: readonly number[];
  /** `[n, 2]`, where each point is drawn to; the longest arrow of a panel has length 0.7. */
  readonly moves: readonly (readonly number[])[];
  /** `[n]`, written beside each point. */
  readonly names: readonly string[];
}

const SPACING = 18;
const LONGEST = 0.7;

/** Points on the unit circle, each with an arrow. */
export function circleArrows({ panels, ...text }: FigureText & { readonly panels: readonly ArrowPanel[] }): FigureSpec {
  const square = { half: 1.55, side: Math.floor((PAGE.width - SPACING * (panels.length - 1)) / panels.length) };
  return frame(text, panelGrid(panels.map((panel) => drawn(panel, square)), panels.length, SPACING));
}

function drawn({ heading, points, labels, moves, names }: ArrowPanel, square: Square): Record<string, unknown> {
  const longest = Math.max(...moves.map(([x = 0, y = 0]) => Math.hypot(x, y)), 1e-12);
  const at = points.map(([x = 0, y = 0], i) => ({ x, y, dx: ((moves[i]?.[0] ?? 0) / longest) * LONGEST, dy: ((moves[i]?.[1] ?? 0) / longest) * LONGEST, label: labels[i] ?? 0, name: names[i] ?? '' }));
  const classes = [...new Set(labels)].sort((a, b) => a - b);
  const colour = { field: 'label', type: 'nominal', legend: null, scale: { domain: classes, range: classes.map((label) => colourOfClass(3 * label)) } };
  const shafts = at.flatMap((p, i) => shaftOf(p).map((end, k) => ({ ...end, k, label: p.label, arrow: i })));
  return {
    title: panelHeading(heading, square.side),
    width: square.side,
    height: square.side,
    layer: [
      path(closed(circlePath(1)), square, { color: INK.faint }),
      path(shafts, square, { strokeWidth: 2.5 }, { detail: { field: 'arrow' }, color: colour }),
      dots(at, square, { size: 90 }, { color: colour }),
      words(at.map(({ x, y, name }) => ({ x: 0.78 * x, y: 0.78 * y, text: name })), square, { color: INK.text, fontSize: PAGE.label }),
    ],
  };
}

/** Shaft and head in one stroke; a point where the arrow has no length. */
function shaftOf({ x, y, dx, dy }: { readonly x: number; readonly y: number; readonly dx: number; readonly dy: number }): { x: number; y: number }[] {
  const length = Math.hypot(dx, dy);
  if (length < 0.01) return [{ x, y }];
  const [ux, uy] = [dx / length, dy / length];
  const head = Math.min(0.12, 0.7 * length);
  const tip = { x: x + dx, y: y + dy };
  const barb = (side: number): { x: number; y: number } => ({ x: tip.x - head * (ux - side * 0.6 * uy), y: tip.y - head * (uy + side * 0.6 * ux) });
  return [{ x, y }, tip, barb(1), tip, barb(-1)];
}

const closed = <T extends Readonly<Record<string, unknown>>>(points: readonly T[]): Readonly<Record<string, unknown>>[] => [...points, { ...points[0], k: points.length }];
