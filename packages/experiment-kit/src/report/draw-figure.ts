import type { FigureSpec } from '@hypersphere/reporting';

import type { FigurePlan } from '../figure-plan';
import { angleFigure } from './figures/angles-figure';
import { pairWeightsFigure, psiFigure, scaleBoundFigure, targetLogitFigure } from './figures/closed-forms';
import { curvesFigure } from './figures/curves-figure';
import { distractorFigure } from './figures/distractors-figure';
import { dotsFigure } from './figures/dots-figure';
import { embeddingFigure } from './figures/embeddings-figure';
import { gapsFigure, pairGapsFigure } from './figures/gaps-figure';
import { normFigure } from './figures/norms-figure';
import { rocFigure } from './figures/roc-figure';
import type { FigureKind, FigureSource, PlanOf } from './figures/source';
import { severityFigure } from './figures/severity-figure';
import { sweepFigure } from './figures/sweep-figure';

/** One drawer a kind of figure; undefined if none of its runs is stored. */
const drawers: { readonly [K in FigureKind]: (plan: PlanOf<K>, source: FigureSource) => FigureSpec | undefined } = {
  'angle-histograms': angleFigure,
  circle: embeddingFigure,
  distractors: distractorFigure,
  'gaps-of-pairs': pairGapsFigure,
  'learning-curves': curvesFigure,
  'margin-sweep': sweepFigure,
  'metric-dots': dotsFigure,
  'norm-against-class-size': normFigure,
  'pair-weights': pairWeightsFigure,
  'paired-gaps': gapsFigure,
  psi: psiFigure,
  roc: rocFigure,
  'scale-bound': scaleBoundFigure,
  severity: severityFigure,
  sphere: embeddingFigure,
  'target-logits': targetLogitFigure,
};

/** The figure of a plan from stored runs; undefined if none of its runs is stored. */
export function drawPlan(plan: FigurePlan<string>, source: FigureSource): FigureSpec | undefined {
  const draw = drawers[plan.kind] as (plan: FigurePlan<string>, source: FigureSource) => FigureSpec | undefined;
  return draw(plan, source);
}
