import { angleHistograms, type FigureSpec } from '@hypersphere/reporting';

import { records, textOf, type FigureSource, type PlanOf } from './source';

export function angleFigure(plan: PlanOf<'angle-histograms'>, source: FigureSource): FigureSpec | undefined {
  const variants = plan.variants.flatMap((name) => {
    const series = records([name], source)[0]?.record.series['angles'] as { binDegrees: number; genuine: number[]; impostors: number[] } | undefined;
    if (series === undefined) return [];
    return [{ variant: { name, family: source.family(name) }, angles: series }];
  });
  return variants.length === 0 ? undefined : angleHistograms({ ...textOf(plan, plan.variants, source), variants });
}
