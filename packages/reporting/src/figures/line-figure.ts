import type { FigureSpec } from '../render/render-figure';
import { PAGE } from '../theme';
import { needSome } from './drawable';
import { frame, panelGrid } from './frame';
import type { FigureText, LinePlan } from './line-model';
import { linePanel } from './line-panel';

export interface LineFigure extends FigureText {
  readonly panels: readonly LinePlan[];
  /** Panels a row; 1 or 2. */
  readonly columns?: number;
  /** Pixels. */
  readonly height?: number;
}

const SPACING = 30;

/** Any figure of lines against a number: one panel or a small grid of them. */
export function lineFigure({ title, subtitle, panels, columns = Math.min(2, panels.length), height = PAGE.height }: LineFigure): FigureSpec {
  for (const panel of panels) needSome(`figure '${title}'`, 'point in each panel', panel.lines.flatMap((l) => l.points));
  const outerWidth = (PAGE.width - SPACING * (columns - 1)) / columns;
  const body = panelGrid(panels.map((p) => linePanel(p, { outerWidth, height: columns > 1 ? Math.min(height, 250) : height })), columns, SPACING);
  return frame({ title, ...(subtitle === undefined ? {} : { subtitle }) }, body);
}

/** The words of a figure without its data. */
export const wordsOf = ({ title, subtitle }: FigureText): FigureText => ({ title, ...(subtitle === undefined ? {} : { subtitle }) });
