import type { FigureSpec } from '../render/render-figure';
import type { FigureVariant } from '../variant-style';
import { lineFigure, wordsOf } from './line-figure';
import type { FigureText } from './line-model';

export interface Annealing extends FigureText {
  readonly runs: readonly { readonly variant: FigureVariant; readonly curve: readonly { readonly step: number; readonly loss: number; readonly lambda: number }[] }[];
}

/** SphereFace's annealed weight lambda against steps (log axis), and the loss against the same steps. */
export function annealing({ runs, ...text }: Annealing): FigureSpec {
  const lines = (value: 'loss' | 'lambda') => runs.map(({ variant, curve }) => ({ variant, points: curve.map((p) => ({ x: p.step, y: p[value] })) }));
  const lambdas = runs.flatMap((r) => r.curve.map((p) => p.lambda));
  return lineFigure({
    ...wordsOf(text),
    panels: [
      { heading: 'Weight λ of the plain cosine (log axis)', lines: lines('lambda'), x: { title: 'steps' }, y: { title: '', scale: 'log', domain: [Math.max(0.1, Math.min(...lambdas) / 1.5), Math.max(1, ...lambdas) * 1.2] }, names: 'none' },
      { heading: 'Training loss (nats)', lines: lines('loss'), x: { title: 'steps' }, y: { title: '' } },
    ],
  });
}
