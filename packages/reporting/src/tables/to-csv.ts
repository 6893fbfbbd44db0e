import * as aq from 'arquero';

import { roundedNumber } from '../output/readable-json';
import { oneLine } from './escape';
import type { MeasuredCell, MeasuredColumn, TableModel, TableRow } from './table-model';

/** The table for programs: one row a published row, one column a number; shares stay 0..1, published values as printed. */
export function tableToCsv({ columns, rows }: TableModel): string {
  const cells: [string, (row: TableRow) => string | number | undefined][] = [
    ['label', (row) => row.label],
    ...(rows.some(({ address }) => address !== undefined) ? [['address', (row: TableRow) => row.address] as [string, (row: TableRow) => string | undefined]] : []),
    ['variant', (row) => row.variant],
    ...columns.published.map((c): [string, (row: TableRow) => number | undefined] => [`published ${c.key}${c.unit === undefined ? '' : ` (${c.unit})`}`, (row) => row.published.values[c.key] ?? undefined]),
    ['published confidence', (row) => confidences(row)],
    ...columns.measured.flatMap(measuredColumns),
    ['note', (row) => row.note],
  ];
  return aq.table(cells.map(([name, value]): [string, unknown[]] => [oneLine(name), rows.map((row) => cellOf(value(row)))])).toCSV();
}

/** A leading `=`, `+`, `-` or `@` stays: the file is for programs, and labels may begin so. */
const cellOf = (value: string | number | undefined): string | number | null => (typeof value === 'string' ? oneLine(value) : (value ?? null));

function confidences({ published }: TableRow): string | undefined {
  const single = Object.entries(published.cellConfidence ?? {}).map(([key, confidence]) => `${key}: ${confidence}`);
  return [published.confidence, ...single].filter((c) => c !== undefined).join('; ') || undefined;
}

function measuredColumns({ key }: MeasuredColumn): [string, (row: TableRow) => string | number | undefined][] {
  const of = (value: (cell: MeasuredCell) => string | number | undefined) => (row: TableRow) => {
    const cell = row.measured[key];
    return cell === undefined || cell === 'missing' ? undefined : value(cell);
  };
  return [
    [`${key} mean`, of((c) => finite(c.mean))],
    [`${key} low`, of((c) => finite(c.low))],
    [`${key} high`, of((c) => finite(c.high))],
    [`${key} sd`, of((c) => finite(c.sd))],
    [`${key} seeds`, of((c) => c.seeds)],
    [`${key} diverged`, of((c) => c.diverged ?? 0)],
    [`${key} per seed`, of((c) => c.perSeed?.map(roundedNumber).join(';'))],
    [`${key} state`, (row) => stateOf(row, key)],
  ];
}

/** `ok`, what is worst of the runs that are not, or nothing where no run is planned. */
function stateOf(row: TableRow, key: string): string | undefined {
  const cell = row.measured[key] ?? (row.variant === undefined ? undefined : 'missing');
  if (cell === undefined || cell === 'missing') return cell;
  const worst = (['edited', 'stale', 'failed'] as const).find((state) => (cell[state] ?? 0) > 0);
  return worst ?? (cell.planned !== undefined && cell.planned > cell.seeds ? 'incomplete' : 'ok');
}

const finite = (value: number | undefined): number | undefined => (value !== undefined && Number.isFinite(value) ? roundedNumber(value) : undefined);
