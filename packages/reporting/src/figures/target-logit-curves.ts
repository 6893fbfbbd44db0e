import type { FigureSpec } from '../render/render-figure';
import type { FigureVariant } from '../variant-style';
import { lineFigure, wordsOf } from './line-figure';
import type { FigureText } from './line-model';
import { targetLogit, type TargetLogit } from './target-logit';

export interface TargetLogitCurves extends FigureText {
  readonly curves: readonly { readonly variant: FigureVariant; readonly logit: TargetLogit }[];
  /** Ends of the angle axis, degrees. */
  readonly degrees?: readonly [number, number];
}

/** Closed-form target logits against the angle to the own prototype. */
export function targetLogitCurves({ curves, degrees = [0, 180], ...text }: TargetLogitCurves): FigureSpec {
  const [from, to] = degrees;
  const angles = Array.from({ length: 181 }, (_, i) => from + ((to - from) * i) / 180);
  return lineFigure({
    ...wordsOf(text),
    panels: [{
      lines: curves.map(({ variant, logit }) => ({
        variant,
        points: angles.map((x) => ({ x, y: targetLogit(logit, (x * Math.PI) / 180) })).filter((p) => Number.isFinite(p.y)),
      })),
      x: { title: 'angle θ between embedding and own prototype (degrees)', domain: degrees, ticks: ticksOf(from, to) },
      y: { title: 'target logit / s' },
    }],
    height: 330,
  });
}

const ticksOf = (from: number, to: number): number[] => Array.from({ length: 13 }, (_, i) => i * 15).filter((t) => t >= from && t <= to && (to - from <= 90 || t % 30 === 0));
