import { counted, formatNumber, type NumberFormat } from '../format';
import type { Confidence, MeasuredCell, TableModel, TableRow } from './table-model';

export const NO_VALUE = '–';
export const MARKS: Readonly<Record<Confidence, string>> = { verified: '', recalled: '‡', uncertain: '?' };

/** A published value as printed in the paper, with the mark of its confidence. */
export function publishedCell({ published }: TableRow, key: string): string {
  const value = published.values[key];
  if (value === undefined || value === null) return NO_VALUE;
  return `${String(value)}${MARKS[published.cellConfidence?.[key] ?? published.confidence ?? 'verified']}`;
}

/**
 * A measured value: mean, uncertainty, and beside it what a reader has to know: diverged, missing and stale runs.
 *
 * @param cell undefined where the row has no run of ours
 */
export function measuredCell(cell: MeasuredCell | 'missing' | undefined, format: NumberFormat, uncertainty: TableModel['uncertainty']): string {
  if (cell === undefined) return NO_VALUE;
  if (cell === 'missing') return 'missing';
  const marks = [
    cell.diverged !== undefined && cell.diverged > 0 ? `†${cell.diverged}/${cell.seeds}` : '',
    cell.planned !== undefined && cell.planned > cell.seeds ? `${cell.seeds} of ${counted(cell.planned, 'seed')}` : '',
    cell.stale === true ? 'stale' : '',
  ].filter((mark) => mark !== '');
  const value = Number.isFinite(cell.mean) ? formatNumber(cell.mean, format) + spread(cell, format, uncertainty) : 'diverged';
  return marks.length === 0 ? value : `${value} ${marks.join(', ')}`;
}

/** The interval after a mean; nothing for a lone seed. */
function spread({ mean, low, high }: MeasuredCell, format: NumberFormat, uncertainty: TableModel['uncertainty']): string {
  if (low === undefined || high === undefined || !Number.isFinite(low) || !Number.isFinite(high)) return '';
  const half = (high - low) / 2;
  const even = Math.abs((low + high) / 2 - mean) <= 0.02 * half;
  if (even && uncertainty !== 'range') return ` ± ${formatNumber(half, format)}`;
  return ` [${formatNumber(low, format)}, ${formatNumber(high, format)}]`;
}

/** Seeds of a row: the cells agree on them, or the least is given. */
export function seedsOf(row: TableRow): string {
  const seeds = Object.values(row.measured).flatMap((cell) => (cell === 'missing' ? [] : [cell.seeds]));
  return seeds.length === 0 ? NO_VALUE : String(Math.min(...seeds));
}
