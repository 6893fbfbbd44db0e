import { metricRegistry, type MetricName } from '@hypersphere/evaluation';
import { metricDots, type FigureSpec, type MetricDot } from '@hypersphere/reporting';

import { metricFormat } from '../metric-format';
import { summarise } from '../summarise';
import { textOf, type FigureSource, type PlanOf } from './source';

/** Mean, interval and seeds of variants, one panel a metric, best first by the first metric. */
export function dotsFigure(plan: PlanOf<'metric-dots'>, source: FigureSource): FigureSpec | undefined {
  const [first] = plan.metrics;
  if (first === undefined) return undefined;
  const sign = metricRegistry[first].higherIsBetter ? -1 : 1;
  const meanOf = (name: string): number => summarise(source.runs(name), first).mean ?? NaN;
  const order = plan.variants.filter((name) => Number.isFinite(meanOf(name))).toSorted((a, b) => sign * (meanOf(a) - meanOf(b)));
  if (order.length === 0) return undefined;
  const metrics = plan.metrics.map((metric) => ({ title: metricRegistry[metric].label, format: metricFormat(metric), rows: order.flatMap((name) => dot(name, metric, source)) }));
  return metricDots({ ...textOf(plan, order, source), metrics });
}

function dot(name: string, metric: MetricName, source: FigureSource): MetricDot[] {
  const { mean, low, high, perSeed, diverged } = summarise(source.runs(name), metric);
  if (mean === undefined) return [];
  return [{ variant: { name, family: source.family(name) }, mean, ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }), seeds: perSeed, diverged: diverged.length }];
}
