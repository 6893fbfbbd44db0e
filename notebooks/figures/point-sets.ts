import { dots, frame, INK, OKABE_ITO, PAGE, panelGrid, panelHeading, type FigureText, type FigureSpec } from '@hypersphere/reporting';

export interface PointSet {
  readonly heading: string;
  /** `[n]`, share of the second class, 0..1. */
  readonly shares: readonly number[];
}

export interface PointSets extends FigureText {
  /** `[n, 2]`, about the origin. */
  readonly points: readonly (readonly number[])[];
  /** `[n]`, which points know their class. */
  readonly isAnchor: readonly boolean[];
  readonly sets: readonly PointSet[];
  /** Half of the side of each panel, in data units. */
  readonly half: number;
}

const SPACING = 18;

/** The same points several times, coloured by the share of one of two classes; anchors are ringed. */
export function pointSets({ points, isAnchor, sets, half, ...text }: PointSets): FigureSpec {
  const square = { half, side: Math.floor((PAGE.width - SPACING * (sets.length - 1)) / sets.length) };
  const colour = { field: 'share', type: 'quantitative', legend: null, scale: { domain: [0, 0.5, 1], range: [OKABE_ITO.blue, '#D9D9D9', OKABE_ITO.vermillion] } };
  const panels = sets.map(({ heading, shares }) => {
    const rows = points.map(([x, y], i) => ({ x, y, share: shares[i] }));
    const anchors = rows.filter((_, i) => isAnchor[i]);
    return {
      title: panelHeading(heading, square.side),
      width: square.side,
      height: square.side,
      layer: [
        dots(rows, square, { size: 55 }, { color: colour }),
        dots(anchors, square, { filled: false, size: 190, strokeWidth: 2.5, color: INK.text }),
      ],
    };
  });
  return frame(text, panelGrid(panels, sets.length, SPACING));
}
