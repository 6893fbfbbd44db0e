import { pairWeightCurves, scaleBound, targetLogitCurves, type FigureSpec } from '@hypersphere/reporting';

import type { PlanOf } from './source';

/** Figures that need no run. */
export function targetLogitFigure({ title, curves }: PlanOf<'target-logits'>): FigureSpec {
  return targetLogitCurves({ title, subtitle: 'Closed form; the scale is left out', degrees: [20, 100], curves: curves.map(({ label, ...margins }) => ({ variant: { name: label }, logit: { kind: 'combined', ...margins } })) });
}

export function psiFigure({ title, margins }: PlanOf<'psi'>): FigureSpec {
  return targetLogitCurves({ title, subtitle: 'Closed form of the piecewise target, without annealing', curves: margins.map((m) => ({ variant: { name: `sphereface m=${m}` }, logit: { kind: 'psi', m } })) });
}

export function scaleBoundFigure({ title, probabilities, classes }: PlanOf<'scale-bound'>): FigureSpec {
  return scaleBound({ title, subtitle: 'Closed form', posteriors: probabilities, classes: [classes[0] ?? 2, classes[1] ?? 100_000] });
}

export function pairWeightsFigure({ title, losses }: PlanOf<'pair-weights'>): FigureSpec {
  return pairWeightCurves({ title, subtitle: 'Closed form; two positives at 0.75 and 0.6, two negatives at 0.55 and 0.5, one of them moved', losses: losses.map(({ label, loss }) => ({ variant: { name: label }, loss })) });
}
