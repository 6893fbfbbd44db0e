import type { FigureSpec } from '../render/render-figure';
import { lineFigure, wordsOf } from './line-figure';
import type { FigureText, Line } from './line-model';

export interface SeverityCurves extends FigureText {
  /** x: severity, 0 for clean images; y: accuracy. */
  readonly lines: readonly Line[];
}

const SEVERITIES = [0, 1, 2, 3, 4, 5];

/** Accuracy against the severity of corruptions, mean over their kinds; a line a variant. */
export function severityCurves({ lines, ...text }: SeverityCurves): FigureSpec {
  return lineFigure({
    ...wordsOf(text),
    panels: [{
      lines,
      x: { title: 'severity of the corruption (0: clean)', ticks: SEVERITIES, format: 'd' },
      y: { title: 'top-1', format: 'percent' },
      dots: true,
      names: 'end',
    }],
  });
}
