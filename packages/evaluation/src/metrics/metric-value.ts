import type { MetricName } from './registry';

/** A measured value; low and high bound its 95 % interval, n is the number of pairs or queries behind it. */
export interface MetricValue {
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  readonly n?: number;
}

export type Metrics = Readonly<Partial<Record<MetricName, MetricValue>>>;

/** Bootstrap replicates of a metric; replicate r drew the same classes for every metric and every run. */
export type Replicates = Readonly<Partial<Record<MetricName, readonly number[]>>>;

/** One part of an evaluation. */
export interface Section {
  readonly metrics: Metrics;
  readonly replicates: Replicates;
  readonly series: Readonly<Record<string, unknown>>;
}
