import { metricRegistry, type MetricName } from '@hypersphere/evaluation';
import type { NumberFormat } from '@hypersphere/reporting';

/** How a metric is named and printed. */
export function metricFormat(metric: MetricName): NumberFormat & { readonly label: string } {
  const { label, unit } = metricRegistry[metric];
  return { label, ...(unit === 'share' ? { as: 'percent', decimals: 1 } : { as: 'number', decimals: unit === 'degrees' ? 1 : 3 }) };
}
