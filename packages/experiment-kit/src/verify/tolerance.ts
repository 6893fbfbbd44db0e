import { metricRegistry, type MetricName } from '@hypersphere/evaluation';

/**
 * How far a run may come out from the stored one where the bits are not expected to be equal: another TensorFlow, kind of
 * CPU or number of threads. Rounding differs in the last bit there, and training makes more of it with every step.
 * Measured, not derived: docs/decisions/0014-runs-are-trained-again.md.
 */
export const TOLERANCE = {
  /** Of a metric in [0, 1]. */
  share: 0.2,
  degrees: 2,
  /** Wide, since `geometry.gap` is the distance of two extremes. */
  cosine: 0.7,
  /** Relative: lengths and ratios have no scale of their own. */
  length: 0.06,
  ratio: 0.2,
  /** Of the first loss in the curve, relative: before training has made much of the rounding. */
  firstLoss: 0.002,
  /** Of the losses after it, each of one batch, relative. */
  loss: 0.6,
  batchAccuracy: 0.4,
} as const;

export type Kind = keyof typeof TOLERANCE;

export interface Allowed {
  readonly kind: Kind;
  readonly atMost: number;
  readonly relative: boolean;
}

/** What is allowed of a metric. */
export function allowedOf(metric: string): Allowed {
  const unit = Object.hasOwn(metricRegistry, metric) ? metricRegistry[metric as MetricName].unit : 'ratio';
  return allowedFor(unit);
}

export const allowedFor = (kind: Kind): Allowed => ({ kind, atMost: TOLERANCE[kind], relative: RELATIVE.includes(kind) });
const RELATIVE: readonly Kind[] = ['length', 'ratio', 'firstLoss', 'loss'];
