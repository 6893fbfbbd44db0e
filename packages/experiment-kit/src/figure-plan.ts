import type { WeightedLoss } from '@hypersphere/core-losses';
import type { MetricName } from '@hypersphere/evaluation';

/** What a figure shows, as data; `packages/reporting` draws it from the run records. */
export type FigurePlan<V extends string> = { readonly title: string } & (
  | { readonly kind: 'margin-sweep'; readonly along: readonly (readonly [margin: number, variant: V])[]; readonly axis: string; readonly metrics: readonly MetricName[]; readonly reference?: Readonly<Record<string, V>> }
  | { readonly kind: 'roc'; readonly variants: readonly V[]; readonly impostors: 'all' | 'same-group' }
  | { readonly kind: 'learning-curves'; readonly variants: readonly V[]; readonly metric: MetricName }
  | { readonly kind: 'circle'; readonly variants: readonly V[] }
  | { readonly kind: 'sphere'; readonly variants: readonly V[] }
  | { readonly kind: 'angle-histograms'; readonly variants: readonly V[] }
  | { readonly kind: 'distractors'; readonly variants: readonly V[] }
  | { readonly kind: 'severity'; readonly variants: readonly V[] }
  | { readonly kind: 'norm-against-class-size'; readonly variant: V }
  | { readonly kind: 'target-logits'; readonly curves: readonly { readonly label: string; readonly m1: number; readonly m2: number; readonly m3: number }[] }
  | { readonly kind: 'paired-gaps'; readonly against: V; readonly variants: readonly V[]; readonly metric: MetricName }
  | { readonly kind: 'gaps-of-pairs'; readonly pairs: readonly (readonly [better: V, worse: V])[]; readonly metric: MetricName }
  | { readonly kind: 'metric-dots'; readonly variants: readonly V[]; readonly metrics: readonly MetricName[] }
  | { readonly kind: 'pair-weights'; readonly losses: readonly { readonly label: string; readonly loss: WeightedLoss }[] }
  | { readonly kind: 'scale-bound'; readonly probabilities: readonly number[]; readonly classes: readonly number[] }
  | { readonly kind: 'psi'; readonly margins: readonly (1 | 2 | 3 | 4)[] }
);

type PlanOf<V extends string, K> = Extract<FigurePlan<V>, { kind: K }>;

export const rocOf = <const V extends string>(title: string, variants: readonly V[], impostors: 'all' | 'same-group' = 'all'): PlanOf<V, 'roc'> => ({ kind: 'roc', title, variants, impostors });
export const circleOf = <const V extends string>(title: string, variants: readonly V[]): PlanOf<V, 'circle'> => ({ kind: 'circle', title, variants });
export const sphereOf = <const V extends string>(title: string, variants: readonly V[]): PlanOf<V, 'sphere'> => ({ kind: 'sphere', title, variants });
export const anglesOf = <const V extends string>(title: string, variants: readonly V[]): PlanOf<V, 'angle-histograms'> => ({ kind: 'angle-histograms', title, variants });
export const curvesOf = <const V extends string>(title: string, variants: readonly V[], metric: MetricName): PlanOf<V, 'learning-curves'> => ({ kind: 'learning-curves', title, variants, metric });
export const distractorsOf = <const V extends string>(title: string, variants: readonly V[]): PlanOf<V, 'distractors'> => ({ kind: 'distractors', title, variants });
export const severityOf = <const V extends string>(title: string, variants: readonly V[]): PlanOf<V, 'severity'> => ({ kind: 'severity', title, variants });
export const gapsOf = <const V extends string>(title: string, against: V, variants: readonly V[], metric: MetricName): PlanOf<V, 'paired-gaps'> => ({ kind: 'paired-gaps', title, against, variants, metric });
export const pairGapsOf = <const V extends string>(title: string, pairs: readonly (readonly [better: V, worse: V])[], metric: MetricName): PlanOf<V, 'gaps-of-pairs'> => ({ kind: 'gaps-of-pairs', title, pairs, metric });
export const dotsOf = <const V extends string>(title: string, variants: readonly V[], metrics: readonly MetricName[]): PlanOf<V, 'metric-dots'> => ({ kind: 'metric-dots', title, variants, metrics });
