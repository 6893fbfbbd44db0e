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
 * A measured value: mean, uncertainty, and beside it what a reader has to know: diverged, missing, stale, edited and failed runs.
 *
 * @param cell undefined where the row has no run of ours
 */
export function measuredCell(cell: MeasuredCell | 'missing' | undefined, format: NumberFormat, uncertainty: TableModel['uncertainty']): string {
  if (cell === undefined) return NO_VALUE;
  if (cell === 'missing') return 'missing';
  const marks = [
    cell.diverged !== undefined && cell.diverged > 0 ? `†${cell.diverged}/${cell.seeds}` : '',
    cell.planned !== undefined && cell.planned > cell.seeds && lost(cell) !== cell.planned ? `${cell.seeds} of ${counted(cell.planned, 'seed')}` : '',
    ...LOST.map((state) => lostInWords(state, cell)),
  ].filter((mark) => mark !== '');
  return [valueOf(cell, format, uncertainty), marks.join(', ')].filter((part) => part !== '').join(' ');
}

const LOST = ['stale', 'edited', 'failed'] as const;

/** Runs of which there is a record, but none to take a number from. */
const lost = (cell: MeasuredCell): number => LOST.reduce((sum, state) => sum + (cell[state] ?? 0), 0);

function lostInWords(state: (typeof LOST)[number], cell: MeasuredCell): string {
  const count = cell[state] ?? 0;
  if (count === 0) return '';
  return count === cell.planned ? state : `${count} ${state}`;
}

function valueOf(cell: MeasuredCell, format: NumberFormat, uncertainty: TableModel['uncertainty']): string {
  if (Number.isFinite(cell.mean)) return formatNumber(cell.mean, format) + spread(cell, format, uncertainty);
  if (cell.seeds === 0) return '';
  return (cell.diverged ?? 0) > 0 ? 'diverged' : 'not measured';
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
