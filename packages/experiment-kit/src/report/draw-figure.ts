import { metricRegistry, type MetricName } from '@hypersphere/evaluation';
import {
  angleHistograms,
  circle,
  distractorCurve,
  learningCurves,
  marginSweep,
  normAgainstClassSize,
  rocCurve,
  scaleBound,
  sphere,
  targetLogitCurves,
  type EmbeddingSeries,
  type FigureSpec,
  type FigureText,
  type FigureVariant,
} from '@hypersphere/reporting';

import type { FigurePlan } from '../figure-plan';
import type { RunRecord } from '../run-record';
import { caption } from './caption';
import { summarise } from './summarise';
import type { SeedRun } from './variant-runs';

export interface FigureSource {
  readonly profile: string;
  runs(variant: string): readonly SeedRun[];
  family(variant: string): string;
}

type PlanOf<K> = Extract<FigurePlan<string>, { kind: K }>;

/** The figure of a plan from stored runs; undefined if none of its runs is stored. */
export function drawPlan(plan: FigurePlan<string>, source: FigureSource): FigureSpec | undefined {
  switch (plan.kind) {
    case 'target-logits':
      return targetLogitCurves({ title: plan.title, subtitle: 'Closed form; the scale is left out', degrees: [20, 100], curves: plan.curves.map(({ label, ...margins }) => ({ variant: { name: label }, logit: { kind: 'combined', ...margins } })) });
    case 'psi':
      return targetLogitCurves({ title: plan.title, subtitle: 'Closed form of the piecewise target, without annealing', curves: plan.margins.map((m) => ({ variant: { name: `sphereface m=${m}` }, logit: { kind: 'psi', m } })) });
    case 'scale-bound':
      return scaleBound({ title: plan.title, subtitle: 'Closed form', posteriors: plan.probabilities, classes: [plan.classes[0] ?? 2, plan.classes[1] ?? 100_000] });
    case 'margin-sweep':
      return sweepFigure(plan, source);
    case 'roc':
      return rocFigure(plan, source);
    case 'learning-curves':
      return curvesFigure(plan, source);
    case 'distractors':
      return distractorFigure(plan, source);
    case 'norm-against-class-size':
      return normFigure(plan, source);
    case 'circle':
    case 'sphere':
      return embeddingFigure(plan, source);
    case 'angle-histograms':
      return angleFigure(plan, source);
  }
}

/** Trained runs of the variants, in the order of the plan. */
function records(variants: readonly string[], source: FigureSource): { variant: FigureVariant; record: RunRecord }[] {
  return variants.flatMap((name) =>
    source.runs(name).flatMap(({ state, record }) => (state === 'done' && record !== undefined ? [{ variant: { name, family: source.family(name) }, record }] : [])),
  );
}

function textOf(plan: { readonly title: string }, variants: readonly string[], source: FigureSource): FigureText {
  return { title: plan.title, subtitle: caption(variants.flatMap((name) => source.runs(name)), source.profile) };
}

function sweepFigure(plan: PlanOf<'margin-sweep'>, source: FigureSource): FigureSpec | undefined {
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

function rocFigure(plan: PlanOf<'roc'>, source: FigureSource): FigureSpec | undefined {
  const key = plan.impostors === 'all' ? 'roc' : 'rocSameGroup';
  const runs = records(plan.variants, source).flatMap(({ variant, record }) => {
    const roc = record.series[key] as { far: number[]; tar: number[]; impostors: number } | undefined;
    return roc === undefined ? [] : [{ variant, seed: record.seed, roc }];
  });
  const metric: MetricName = plan.impostors === 'all' ? 'verification.tarAtFar1e-3' : 'verification.tarAtFar1e-3SameGroup';
  const impostors = records(plan.variants, source)[0]?.record.metrics[metric]?.n;
  if (runs.length === 0 || impostors === undefined) return undefined;
  return rocCurve({ ...textOf(plan, plan.variants, source), runs, impostors });
}

function curvesFigure(plan: PlanOf<'learning-curves'>, source: FigureSource): FigureSpec | undefined {
  const runs = records(plan.variants, source).map(({ variant, record }) => ({
    variant,
    seed: record.seed,
    curve: record.curve.flatMap((point) => (point.loss === null ? [] : [{ step: point.step, loss: point.loss, ...(point.validation === undefined ? {} : { validation: point.validation }) }])),
  }));
  const batchSize = records(plan.variants, source)[0]?.record.config.schedule.batchSize;
  if (runs.length === 0) return undefined;
  return learningCurves({ ...textOf(plan, plan.variants, source), runs, metric: { name: plan.metric, title: metricRegistry[plan.metric].label }, ...(batchSize === undefined ? {} : { batchSize }) });
}

function distractorFigure(plan: PlanOf<'distractors'>, source: FigureSource): FigureSpec | undefined {
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

function normFigure(plan: PlanOf<'norm-against-class-size'>, source: FigureSource): FigureSpec | undefined {
  const series = records([plan.variant], source)[0]?.record.series['classNorms'] as { classes: { size: number; norm: number }[]; spearman: number } | undefined;
  return series === undefined ? undefined : normAgainstClassSize({ ...textOf(plan, [plan.variant], source), classes: series.classes, correlation: { value: series.spearman } });
}

interface KeptRows {
  readonly dim: number;
  readonly points: readonly (readonly number[])[];
  readonly labels: readonly number[];
}

/** Drawn from the first seed of each variant. */
function embeddingFigure(plan: PlanOf<'circle'> | PlanOf<'sphere'>, source: FigureSource): FigureSpec | undefined {
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

function angleFigure(plan: PlanOf<'angle-histograms'>, source: FigureSource): FigureSpec | undefined {
  const variants = plan.variants.flatMap((name) => {
    const series = records([name], source)[0]?.record.series['angles'] as { binDegrees: number; genuine: number[]; impostors: number[] } | undefined;
    if (series === undefined) return [];
    return [{ variant: { name, family: source.family(name) }, angles: series }];
  });
  return variants.length === 0 ? undefined : angleHistograms({ ...textOf(plan, plan.variants, source), variants });
}
