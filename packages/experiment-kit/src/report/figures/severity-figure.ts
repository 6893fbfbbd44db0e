import type { MetricName } from '@hypersphere/evaluation';
import { severityCurves, type FigureSpec } from '@hypersphere/reporting';

import { summarise } from '../summarise';
import { textOf, type FigureSource, type PlanOf } from './source';

/** By severity, from clean images on. */
const METRICS: readonly MetricName[] = [
  'classification.top1', 'classification.top1Severity1', 'classification.top1Severity2', 'classification.top1Severity3', 'classification.top1Severity4', 'classification.top1Severity5',
];

export function severityFigure(plan: PlanOf<'severity'>, source: FigureSource): FigureSpec | undefined {
  const lines = plan.variants.flatMap((name) => {
    const points = METRICS.flatMap((metric, severity) => {
      const { mean, low, high } = summarise(source.runs(name), metric);
      return mean === undefined ? [] : [{ x: severity, y: mean, ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) }];
    });
    return points.length < METRICS.length ? [] : [{ variant: { name, family: source.family(name) }, points }];
  });
  return lines.length === 0 ? undefined : severityCurves({ ...textOf(plan, plan.variants, source), lines });
}
