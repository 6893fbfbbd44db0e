import { circle, sphere, type EmbeddingSeries, type FigureSpec } from '@hypersphere/reporting';

import { records, textOf, type FigureSource, type PlanOf } from './source';

interface KeptRows {
  readonly dim: number;
  readonly points: readonly (readonly number[])[];
  readonly labels: readonly number[];
}

/** Drawn from the first seed of each variant. */
export function embeddingFigure(plan: PlanOf<'circle'> | PlanOf<'sphere'>, source: FigureSource): FigureSpec | undefined {
  const wanted = plan.kind === 'circle' ? 2 : 3;
  const variants = plan.variants.flatMap((name): EmbeddingSeries[] => {
    const record = records([name], source)[0]?.record;
    const kept = record?.series['embeddings'] as KeptRows | undefined;
    if (record === undefined || kept === undefined || kept.dim !== wanted) return [];
    const prototypes = (record.series['prototypes'] as KeptRows | undefined)?.points;
    const accuracy = record.metrics['classification.top1']?.value;
    const label = name.replace(/^(circle|sphere) /, '');
    return [{ variant: { name, label, family: source.family(name) }, points: kept.points, labels: kept.labels, ...(prototypes === undefined ? {} : { prototypes }), ...(accuracy === undefined ? {} : { note: `test accuracy ${(100 * accuracy).toFixed(1)} %` }) }];
  });
  if (variants.length === 0) return undefined;
  const words = textOf(plan, plan.variants, source);
  return plan.kind === 'circle' ? circle({ ...words, variants }) : sphere({ ...words, variants });
}
