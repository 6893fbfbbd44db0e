import { distractorCurve, type FigureSpec } from '@hypersphere/reporting';

import { records, textOf, type FigureSource, type PlanOf } from './source';

export function distractorFigure(plan: PlanOf<'distractors'>, source: FigureSource): FigureSpec | undefined {
  const lines = plan.variants.flatMap((name) => {
    const curves = records([name], source).flatMap(({ record }) => {
      const series = record.series['distractors'] as { distractors: number[]; rank1: number[] } | undefined;
      return series === undefined ? [] : [series];
    });
    const [first] = curves;
    if (first === undefined) return [];
    const points = first.distractors.flatMap((x, at) => {
      const values = curves.flatMap((curve) => (curve.rank1[at] === undefined ? [] : [curve.rank1[at]]));
      return x < 1 ? [] : [{ x, y: values.reduce((sum, value) => sum + value, 0) / values.length, ...(values.length > 1 ? { low: Math.min(...values), high: Math.max(...values) } : {}) }];
    });
    return [{ variant: { name, family: source.family(name) }, points }];
  });
  return lines.length === 0 ? undefined : distractorCurve({ ...textOf(plan, plan.variants, source), lines, against: 'distractors' });
}
