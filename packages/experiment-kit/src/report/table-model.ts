import { rankAgreement, type MetricName } from '@hypersphere/evaluation';
import type { Confidence, RankAgreementLine, TableModel, TableRow } from '@hypersphere/reporting';

import type { TablePlan } from '../define-experiment';
import { publishedTable, type PaperTables, type PublishedTable } from '../paper-tables';
import { caption } from './caption';
import { metricFormat } from './metric-format';
import type { ReportSource } from './source';

const LEAST_ROWS = 5;

/** A published table beside our runs: its rows in its order, then ours without a published number. */
export function tableModel(id: string, plan: TablePlan<string>, source: ReportSource, published: PaperTables): TableModel {
  const table = publishedTable(published, id);
  const measured = [...new Set(Object.values(plan.columns).filter((metric) => metric !== null))];
  const named = table.rows.filter(({ label }) => label in plan.rows);
  const rows = [...named.map((row) => publishedRow(row, plan, source, measured)), ...Object.entries(plan.ours ?? {}).map(([label, variant]) => ownRow(label, variant, source, measured))];
  const used = rows.flatMap(({ variant }) => (variant === undefined ? [] : source.runs(variant)));
  const others = table.rows.length - named.length;
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
  };
}

type PublishedRow = PublishedTable['rows'][number];

function publishedRow(row: PublishedRow, plan: TablePlan<string>, source: ReportSource, metrics: readonly MetricName[]): TableRow {
  const values = Object.fromEntries(Object.entries(row.values).map(([key, value]) => [key, typeof value === 'number' ? value : null]));
  const published = { values, confidence: row.confidence as Confidence };
  const planned = plan.rows[row.label];
  if (typeof planned !== 'string') return { label: row.label, published, measured: {}, note: `not trained: ${planned?.notTrained ?? 'no reason given'}` };
  return { label: row.label, published, ...own(planned, source, metrics) };
}

function ownRow(label: string, variant: string, source: ReportSource, metrics: readonly MetricName[]): TableRow {
  return { label, published: { values: {} }, ...own(variant, source, metrics) };
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
