import type { MetricName } from '@hypersphere/evaluation';
import { rocCurve, type FigureSpec } from '@hypersphere/reporting';

import { records, textOf, type FigureSource, type PlanOf } from './source';

export function rocFigure(plan: PlanOf<'roc'>, source: FigureSource): FigureSpec | undefined {
  const key = plan.impostors === 'all' ? 'roc' : 'rocSameGroup';
  const runs = records(plan.variants, source).flatMap(({ variant, record }) => {
    const roc = record.series[key] as { far: number[]; tar: number[]; impostors: number } | undefined;
    return roc === undefined ? [] : [{ variant, seed: record.seed, roc }];
  });
  const metric: MetricName = plan.impostors === 'all' ? 'verification.tarAtFar1e-3' : 'verification.tarAtFar1e-3SameGroup';
  const impostors = records(plan.variants, source)[0]?.record.metrics[metric]?.n;
  if (runs.length === 0 || impostors === undefined) return undefined;
  return rocCurve({ ...textOf(plan, plan.variants, source), runs, impostors });
}
