import { metricRegistry } from '@hypersphere/evaluation';
import { learningCurves, type FigureSpec } from '@hypersphere/reporting';

import { records, textOf, type FigureSource, type PlanOf } from './source';

export function curvesFigure(plan: PlanOf<'learning-curves'>, source: FigureSource): FigureSpec | undefined {
  const runs = records(plan.variants, source).map(({ variant, record }) => ({
    variant,
    seed: record.seed,
    curve: record.curve.flatMap((point) => (point.loss === null ? [] : [{ step: point.step, loss: point.loss, ...(point.validation === undefined ? {} : { validation: point.validation }) }])),
  }));
  const batchSize = records(plan.variants, source)[0]?.record.config.schedule.batchSize;
  if (runs.length === 0) return undefined;
  return learningCurves({ ...textOf(plan, plan.variants, source), runs, metric: { name: plan.metric, title: metricRegistry[plan.metric].label }, ...(batchSize === undefined ? {} : { batchSize }) });
}
