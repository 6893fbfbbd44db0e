import { angleHistograms, type FigureSpec } from '@hypersphere/reporting';

import { records, textOf, type FigureSource, type PlanOf } from './source';

export function angleFigure(plan: PlanOf<'angle-histograms'>, source: FigureSource): FigureSpec | undefined {
  const variants = plan.variants.flatMap((name) => {
    const record = records([name], source)[0]?.record;
    const series = record?.series['angles'] as { binDegrees: number; genuine: number[]; impostors: number[] } | undefined;
    if (series === undefined) return [];
    const overlap = record?.metrics['geometry.overlap']?.value;
    return [{ variant: { name, family: source.family(name) }, angles: series, ...(overlap !== undefined && { overlap }) }];
  });
  return variants.length === 0 ? undefined : angleHistograms({ ...textOf(plan, plan.variants, source), variants });
}
