import { metricRegistry, type MetricName } from '@hypersphere/evaluation';

import type { TablePlan } from '../define-experiment';
import { publishedTable, type PaperTables, type PublishedTable } from '../paper-tables';
import type { ReportSource } from '../report/source';
import type { Cell, Published, UsedRun } from './cell';
import { slugs } from './slug';
import { tableLayout, type LayoutColumn, type LayoutRow } from './table-layout';

/** Every cell of a published table that stands beside our runs. */
export function tableCells(id: string, plan: TablePlan<string>, source: ReportSource, published: PaperTables): Cell[] {
  const table = publishedTable(published, id);
  const { rows, columns } = tableLayout(plan, table);
  return rows.flatMap((row) => columns.map((column) => tableCell(`${id}/${row.slug}/${column.slug}`, row, column, { table, source, venue: published.venue })));
}

interface Around {
  readonly table: PublishedTable;
  readonly source: ReportSource;
  readonly venue: string | undefined;
}

function tableCell(address: string, row: LayoutRow, column: LayoutColumn, { table, source, venue }: Around): Cell {
  const { variant } = row;
  const trained = typeof variant === 'string' && column.metric !== null && source.has(variant);
  const whose = typeof variant === 'string' ? `our variant ${variant}${source.has(variant) ? '' : `, not in the ${source.profile} profile`}` : `not trained: ${variant.notTrained}`;
  const value = publishedValue(row, column, table, venue);
  return {
    address,
    where: [['Table', table.title], ['Row', `${row.label} (${whose})`], ['Column', columnWords(column)]],
    ...(value !== undefined && { published: value }),
    ...(trained && { ours: { metric: column.metric, cell: source.cell(variant, column.metric) } }),
    runs: trained ? usedRuns([variant], source) : [],
    store: source.profile,
  };
}

function columnWords({ published, metric }: LayoutColumn): string {
  if (metric === null) return `${published ?? ''}, published only: no metric of ours plays its part`;
  return published === undefined ? metricWords(metric) : `${published}, whose part here is played by ${metricWords(metric)}`;
}

export const metricWords = (metric: MetricName): string => `${metricRegistry[metric].label} (${metric})`;

function publishedValue({ published }: LayoutRow, { published: column }: LayoutColumn, table: PublishedTable, venue: string | undefined): Published | undefined {
  if (published === undefined || column === undefined) return undefined;
  const value = published.values[column] ?? null;
  const unit = typeof value === 'number' && table.metric_units !== undefined ? ` ${table.metric_units}` : '';
  return { value: value === null ? 'no number' : `${String(value)}${unit}`, confidence: published.confidence, source: [venue, table.source].filter((part) => part !== undefined).join('; ') };
}

export function usedRuns(variants: readonly string[], source: Pick<ReportSource, 'runs'>): UsedRun[] {
  return variants.flatMap((variant) => source.runs(variant).map((run) => ({ variant, run })));
}

/** The summary of the profile: every variant, the metrics of the experiment. */
export function summaryCells(source: ReportSource): Cell[] {
  const variants = Object.keys(source.experiment.variants).filter((name) => source.has(name));
  const names = slugs(variants);
  return variants.flatMap((variant, at) =>
    source.experiment.metrics.map((metric) => ({
      address: `summary/${names[at] ?? ''}/${metric}`,
      where: [['Table', `Summary of the ${source.profile} profile`], ['Row', variant], ['Column', metricWords(metric)]] as const,
      ours: { metric, cell: source.cell(variant, metric) },
      runs: usedRuns([variant], source),
      store: source.profile,
    })),
  );
}
