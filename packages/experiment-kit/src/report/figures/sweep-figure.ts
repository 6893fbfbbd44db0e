import { metricRegistry } from '@hypersphere/evaluation';
import { marginSweep, type FigureSpec } from '@hypersphere/reporting';

import { summarise } from '../summarise';
import { textOf, type FigureSource, type PlanOf } from './source';

export function sweepFigure(plan: PlanOf<'margin-sweep'>, source: FigureSource): FigureSpec | undefined {
  const all = [...plan.along.map(([, variant]) => variant), ...Object.values(plan.reference ?? {})];
  const metrics = plan.metrics.map((metric) => ({
    title: metricRegistry[metric].label,
    points: plan.along.flatMap(([x, variant]) => {
      const { mean, low, high, perSeed, diverged } = summarise(source.runs(variant), metric);
      if (mean === undefined) return [];
      return [{ x, y: mean, seeds: perSeed, ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }), ...(diverged.length === 0 ? {} : { diverged }) }];
    }),
    references: Object.entries(plan.reference ?? {}).flatMap(([label, variant]) => {
      const { mean } = summarise(source.runs(variant), metric);
      return mean === undefined ? [] : [{ label, y: mean, variant: { name: label } }];
    }),
  }));
  if (metrics.every(({ points }) => points.length === 0)) return undefined;
  const swept = plan.along.at(-1)?.[1] ?? '';
  return marginSweep({ ...textOf(plan, all, source), axis: plan.axis, variant: { name: source.family(swept) }, metrics });
}
