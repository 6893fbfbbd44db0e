import { fixed } from '../format';
import type { FigureSpec } from '../render/render-figure';
import { lineFigure, wordsOf } from './line-figure';
import type { FigureText } from './line-model';

export interface NormAgainstClassSize extends FigureText {
  /** One entry a class: training examples and the norm of its weight vector. */
  readonly classes: readonly { readonly size: number; readonly norm: number }[];
  /** Spearman rank correlation with its interval, as computed by the evaluation. */
  readonly correlation?: { readonly value: number; readonly low?: number; readonly high?: number };
}

/** Norm of a class's weight vector against the number of its training examples, a dot per class. */
export function normAgainstClassSize({ classes, correlation: r, ...text }: NormAgainstClassSize): FigureSpec {
  const interval = r?.low === undefined || r.high === undefined ? '' : ` [${fixed(r.low, 2)}, ${fixed(r.high, 2)}]`;
  const heading = r === undefined ? undefined : `rank correlation ${fixed(r.value, 2)}${interval}`;
  const sizes = classes.map((c) => c.size);
  return lineFigure({
    ...wordsOf(text),
    panels: [{
      ...(heading === undefined ? {} : { heading }),
      lines: [{ variant: { name: 'softmax' }, points: classes.map((c) => ({ x: c.size, y: c.norm, seeds: [c.norm] })) }],
      x: { title: 'training examples of the class', scale: 'log', domain: [Math.min(...sizes) / 1.1, Math.max(...sizes) * 1.1], format: '~s' },
      y: { title: 'norm of its weight vector' },
      draw: 'points',
      names: 'none',
    }],
  });
}
