import { percentileInterval } from '../bootstrap/quantile';
import type { MetricValue, Section } from '../metrics/metric-value';
import type { MetricName } from '../metrics/registry';

/** Collects metrics with their replicates. */
export interface Collector {
  add(name: MetricName, value: number, more?: { readonly n?: number; readonly replicates?: ArrayLike<number> }): void;
  section(series?: Readonly<Record<string, unknown>>): Section;
}

export function collector(): Collector {
  const metrics: Partial<Record<MetricName, MetricValue>> = {};
  const replicates: Partial<Record<MetricName, readonly number[]>> = {};
  return {
    add(name, value, { n, replicates: drawn } = {}) {
      const known = drawn !== undefined && drawn.length > 0;
      metrics[name] = { value, ...(known ? percentileInterval(drawn) : {}), ...(n === undefined ? {} : { n }) };
      if (known) replicates[name] = Array.from(drawn, (draw) => Number(draw.toPrecision(7)));
    },
    section: (series = {}) => ({ metrics, replicates, series }),
  };
}
