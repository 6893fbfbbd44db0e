import { gapOf, match, metricRegistry, type SeedScore } from '@hypersphere/evaluation';
import { pairedGaps, type FigureSpec, type PairedGap } from '@hypersphere/reporting';

import { metricFormat } from '../metric-format';
import { chanceFor } from '../summarise';
import type { SeedRun } from '../variant-runs';
import { textOf, type FigureSource, type PlanOf } from './source';

/** Gaps of variants to one of them, seed by seed, best first. A collapsed run enters at chance. */
export function gapsFigure(plan: PlanOf<'paired-gaps'>, source: FigureSource): FigureSpec | undefined {
  const { higherIsBetter, label } = metricRegistry[plan.metric];
  const against = scores(source.runs(plan.against));
  const chance = source.runs(plan.against).map(({ record }) => (record === undefined ? undefined : chanceFor(plan.metric, record))).find((value) => value !== undefined);
  const gaps = plan.variants.flatMap((name): PairedGap[] => {
    const { values: [own = [], other = []], seeds, withoutChance } = match([scores(source.runs(name)), against], higherIsBetter, chance);
    if (seeds.length === 0 || withoutChance) return [];
    const { mean, low, high, gaps: perSeed } = gapOf(own.map((value, at) => value - (other[at] ?? NaN)));
    return [{ label: name, gap: mean, low, high, perSeed }];
  });
  if (gaps.length === 0) return undefined;
  const best = gaps.toSorted((a, b) => b.gap - a.gap);
  return pairedGaps({ ...textOf(plan, [plan.against, ...plan.variants], source), axis: `gap to ${plan.against}, ${label}`, format: metricFormat(plan.metric), gaps: best });

  function scores(runs: readonly SeedRun[]): SeedScore[] {
    return runs.flatMap(({ seed, state, record }): SeedScore[] => {
      const value = record?.metrics[plan.metric]?.value;
      if (state === 'diverged') return [{ seed, collapsed: true }];
      return state === 'done' && value !== undefined ? [{ seed, value }] : [];
    });
  }
}
