import { classInterval } from '../bootstrap/class-interval';
import type { MetricValue, Section } from '../metrics/metric-value';
import type { MetricName } from '../metrics/registry';

/** Collects metrics with their replicates. */
export interface Collector {
  add(name: MetricName, value: number, more?: { readonly n?: number; readonly replicates?: ArrayLike<number> }): void;
  section(series?: Readonly<Record<string, unknown>>): Section;
}

/** @param multiplicities that the replicates drew, if there are any: `[classes]` each */
export function collector(multiplicities: readonly Float64Array[] = []): Collector {
  const classes = multiplicities[0]?.length ?? 0;
  const metrics: Partial<Record<MetricName, MetricValue>> = {};
  const replicates: Partial<Record<MetricName, readonly number[]>> = {};
  return {
    add(name, value, { n, replicates: drawn } = {}) {
      const known = drawn !== undefined && drawn.length > 0;
      metrics[name] = { value, ...(known ? classInterval(drawn, { classes }) : {}), ...(n === undefined ? {} : { n }) };
      if (known) replicates[name] = Array.from(drawn, (draw) => Number(draw.toPrecision(7)));
    },
    section: (series = {}) => ({ metrics, replicates, series }),
  };
}
