import { normAgainstClassSize, type FigureSpec } from '@hypersphere/reporting';

import { records, textOf, type FigureSource, type PlanOf } from './source';

export function normFigure(plan: PlanOf<'norm-against-class-size'>, source: FigureSource): FigureSpec | undefined {
  const series = records([plan.variant], source)[0]?.record.series['classNorms'] as { classes: { size: number; norm: number }[]; spearman: number } | undefined;
  return series === undefined ? undefined : normAgainstClassSize({ ...textOf(plan, [plan.variant], source), classes: series.classes, correlation: { value: series.spearman } });
}
