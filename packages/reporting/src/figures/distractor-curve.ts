import type { FigureSpec } from '../render/render-figure';
import { lineFigure, wordsOf } from './line-figure';
import type { FigureText, Line } from './line-model';

export interface DistractorCurve extends FigureText {
  /** x: number of distractors in the gallery (at least 1) or rank k; y: share of probes found. */
  readonly lines: readonly Line[];
  /** `distractors` on a log axis, `rank` on a linear one (a CMC curve). */
  readonly against: 'distractors' | 'rank';
}

/** Rank-1 rate against the number of distractors, or rate against rank (CMC). */
export function distractorCurve({ lines, against, ...text }: DistractorCurve): FigureSpec {
  const byRank = against === 'rank';
  return lineFigure({
    ...wordsOf(text),
    panels: [{
      lines,
      x: byRank ? { title: 'rank k' } : { title: 'distractors in the gallery', scale: 'log', format: '~s' },
      y: { title: byRank ? 'probes found within rank k' : 'rank-1 identification rate', format: 'percent' },
      dots: !byRank,
    }],
  });
}
