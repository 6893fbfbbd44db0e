import type { MetricName } from '@hypersphere/evaluation';

import type { NotTrained, TablePlan } from '../define-experiment';
import type { PublishedTable } from '../paper-tables';
import { slugs } from './slug';

export interface LayoutRow {
  readonly label: string;
  readonly slug: string;
  /** The variant that stands for it, or why none does. */
  readonly variant: string | NotTrained;
  /** Left out for rows of ours. */
  readonly published?: PublishedTable['rows'][number];
}

export interface LayoutColumn {
  readonly slug: string;
  /** Column of the published table; left out for those that are ours alone. */
  readonly published?: string;
  /** `null`: published only. */
  readonly metric: MetricName | null;
}

export interface TableLayout {
  /** Published rows in their order, then ours. */
  readonly rows: readonly LayoutRow[];
  readonly columns: readonly LayoutColumn[];
}

/**
 * Rows and columns of a table as its addresses name them: `table-2/lmcl/lfw` is the metric that plays the part of the published
 * column LFW, `table-2/lmcl/verification.accuracy` the same by its own name.
 */
export function tableLayout(plan: TablePlan<string>, table: PublishedTable): TableLayout {
  const named = table.rows.filter(({ label }) => Object.hasOwn(plan.rows, label));
  const rows: Omit<LayoutRow, 'slug'>[] = [
    ...named.map((published) => ({ label: published.label, published, variant: plan.rows[published.label] ?? { notTrained: 'no reason given' } })),
    ...Object.entries(plan.ours ?? {}).map(([label, variant]) => ({ label, variant })),
  ];
  const published = table.columns.filter((column) => Object.hasOwn(plan.columns, column));
  const metrics = [...new Set(Object.values(plan.columns).filter((metric) => metric !== null))];
  const rowSlugs = slugs(rows.map(({ label }) => label));
  const columnSlugs = slugs([...published, ...metrics]);
  const columns: Omit<LayoutColumn, 'slug'>[] = [
    ...published.map((column) => ({ published: column, metric: plan.columns[column] ?? null })),
    ...metrics.map((metric) => ({ metric })),
  ];
  return {
    rows: rows.map((row, at) => ({ ...row, slug: rowSlugs[at] ?? '' })),
    columns: columns.map((column, at) => ({ ...column, slug: columnSlugs[at] ?? '' })),
  };
}
