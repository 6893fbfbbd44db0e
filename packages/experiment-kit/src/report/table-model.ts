import { rankAgreement, type MetricName } from '@hypersphere/evaluation';
import type { Confidence, RankAgreementLine, TableModel, TableRow } from '@hypersphere/reporting';

import type { TablePlan } from '../define-experiment';
import { publishedTable, type PaperTables, type PublishedTable } from '../paper-tables';
import { explainCommand } from '../provenance/command-words';
import { tableLayout, type LayoutRow, type TableLayout } from '../provenance/table-layout';
import { caption } from './caption';
import { metricFormat } from './metric-format';
import type { ReportSource } from './source';

const LEAST_ROWS = 5;

/** A published table beside our runs: its rows in its order, then ours without a published number. */
export function tableModel(id: string, plan: TablePlan<string>, source: ReportSource, published: PaperTables): TableModel {
  const table = publishedTable(published, id);
  const measured = [...new Set(Object.values(plan.columns).filter((metric) => metric !== null))];
  const layout = tableLayout(plan, table);
  const rows = layout.rows.map((row) => tableRow(id, row, source, measured));
  const used = rows.flatMap(({ variant }) => (variant === undefined ? [] : source.runs(variant)));
  const others = table.rows.length - layout.rows.filter((row) => row.published !== undefined).length;
  const example = exampleCell(layout, source);
  return {
    id,
    title: table.title,
    caption: [caption(used, source.profile), plan.note, others > 0 ? `${others} published ${others === 1 ? 'row' : 'rows'} of other systems left out` : undefined, `published: ${table.source}`].filter((part) => part !== undefined).join('. '),
    data: { published: published.venue ?? `arXiv ${published.arxiv ?? ''}`.trim(), measured: source.profile === 'smoke' ? 'generated images' : 'our runs' },
    columns: {
      published: table.columns.filter((column) => column in plan.columns).map((key) => ({ key, title: key, ...(table.metric_units === undefined ? {} : { unit: table.metric_units }) })),
      measured: measured.map((key) => {
        const { label, ...format } = metricFormat(key);
        return { key, title: label, ...format };
      }),
    },
    rows,
    agreement: agreements(plan, table, source),
    ...(example !== undefined && { provenance: explainCommand(source.experiment.id, source.profile, `${id}/${example}`) }),
  };
}

function tableRow(id: string, { label, slug, variant, published }: LayoutRow, source: ReportSource, metrics: readonly MetricName[]): TableRow {
  const values = Object.fromEntries(Object.entries(published?.values ?? {}).map(([key, value]) => [key, typeof value === 'number' ? value : null]));
  const confidence = published === undefined ? {} : { confidence: published.confidence as Confidence };
  const row = { label, address: `${id}/${slug}`, published: { values, ...confidence } };
  if (typeof variant !== 'string') return { ...row, measured: {}, note: `not trained: ${variant.notTrained}` };
  return { ...row, ...own(variant, source, metrics) };
}

/** The row of the paper's own method, if it is there, in the first column that we measure. */
function exampleCell({ rows, columns }: TableLayout, source: ReportSource): string | undefined {
  const trained = rows.filter(({ variant }) => typeof variant === 'string' && source.has(variant));
  const row = trained.find(({ variant }) => variant === source.experiment.main) ?? trained[0];
  const column = columns.find(({ metric }) => metric !== null);
  return row === undefined || column === undefined ? undefined : `${row.slug}/${column.slug}`;
}

function own(variant: string, source: ReportSource, metrics: readonly MetricName[]): Pick<TableRow, 'variant' | 'measured' | 'note'> {
  if (!source.has(variant)) return { measured: {}, note: `not in the ${source.profile} profile` };
  return { variant, measured: Object.fromEntries(metrics.map((metric) => [metric, source.cell(variant, metric)])) };
}

/** Whether our runs order the rows as the paper's do, for each published column and the metric that plays its part. */
function agreements(plan: TablePlan<string>, table: PublishedTable, source: ReportSource): RankAgreementLine[] {
  return Object.entries(plan.columns).flatMap(([column, metric]): RankAgreementLine[] => {
    if (metric === null) return [];
    const rows = table.rows.flatMap((row) => {
      const [variant, value] = [plan.rows[row.label], row.values[column]];
      if (typeof variant !== 'string' || typeof value !== 'number' || !source.has(variant)) return [];
      const cell = source.cell(variant, metric);
      return cell === 'missing' || cell.perSeed === undefined || cell.perSeed.length === 0 ? [] : [{ value, perSeed: cell.perSeed }];
    });
    const seeds = Math.min(...rows.map(({ perSeed }) => perSeed.length));
    const line = { published: column, measured: metricFormat(metric).label };
    if (rows.length < LEAST_ROWS || seeds === 0) return [{ ...line, agreement: undefined }];
    return [{ ...line, agreement: rankAgreement({ published: rows.map(({ value }) => value), ours: rows.map(({ perSeed }) => perSeed.slice(0, seeds)) }) }];
  });
}
