import { metricRegistry, type MetricName } from '@hypersphere/evaluation';
import { pairedGaps, type FigureSpec, type PairedGap } from '@hypersphere/reporting';

import { metricFormat } from '../metric-format';
import { pairedGap } from '../paired-gap';
import { textOf, type FigureSource, type PlanOf } from './source';

type Pair = readonly [better: string, worse: string];

/** Gaps of variants to one of them, seed by seed, best first. A collapsed run enters at chance. */
export function gapsFigure(plan: PlanOf<'paired-gaps'>, source: FigureSource): FigureSpec | undefined {
  const gaps = gapsAmong(plan.variants.map((name) => [name, plan.against] as const), plan.metric, source, ([name]) => name);
  if (gaps.length === 0) return undefined;
  const best = gaps.toSorted((a, b) => b.gap - a.gap);
  const axis = `gap to ${plan.against}, ${metricRegistry[plan.metric].label}`;
  return pairedGaps({ ...textOf(plan, [plan.against, ...plan.variants], source), axis, format: metricFormat(plan.metric), gaps: best });
}

/** Gaps of pairs of variants, in the order of the plan: the same change made to several variants. */
export function pairGapsFigure(plan: PlanOf<'gaps-of-pairs'>, source: FigureSource): FigureSpec | undefined {
  const gaps = gapsAmong(plan.pairs, plan.metric, source, ([better, worse]) => `${better} − ${worse}`);
  if (gaps.length === 0) return undefined;
  return pairedGaps({ ...textOf(plan, plan.pairs.flat(), source), axis: `gap, ${metricRegistry[plan.metric].label}`, format: metricFormat(plan.metric), gaps });
}

function gapsAmong(pairs: readonly Pair[], metric: MetricName, source: FigureSource, label: (pair: Pair) => string): PairedGap[] {
  return pairs.flatMap((pair): PairedGap[] => {
    const gap = pairedGap(source.runs(pair[0]), source.runs(pair[1]), metric);
    return gap === undefined ? [] : [{ label: label(pair), gap: gap.mean, low: gap.low, high: gap.high, perSeed: gap.gaps }];
  });
}
