import { counted, fixed } from '../format';
import type { RankAgreementLine, TableModel, TableRow } from './table-model';

/** Lines under a table that explain the marks it uses, and only those. */
export function tableLegend(model: TableModel): string[] {
  const { rows } = model;
  const cells = rows.flatMap((row) => Object.values(row.measured));
  const runs = cells.flatMap((cell) => (cell === 'missing' ? [] : [cell]));
  const confidences = rows.flatMap((row) => [row.published.confidence, ...Object.values(row.published.cellConfidence ?? {})]);
  const uses: readonly (readonly [boolean, string])[] = [
    [runs.some((c) => Number.isFinite(c.low)), 'Behind each mean: its 95 % interval, as ± half of its width or as [low, high].'],
    [runs.some((c) => c.seeds === 1), 'One seed says nothing about the spread between seeds; an interval beside it covers the test classes only.'],
    [runs.some((c) => (c.diverged ?? 0) > 0), '†k/n: k of n runs diverged or collapsed; they enter at the chance value of the metric.'],
    [cells.includes('missing') || rows.some((row) => missingColumns(row, model)), 'missing: no run of this variant is stored for this profile.'],
    [runs.some((c) => (c.stale ?? 0) > 0), 'stale: the stored runs belong to an older config, data manifest or training version; no number is taken from them.'],
    [runs.some((c) => (c.edited ?? 0) > 0), 'edited: the stored record was changed or damaged after it was written; no number is taken from it.'],
    [runs.some((c) => (c.failed ?? 0) > 0), 'failed: the run ended with an error.'],
    [runs.some((c) => c.seeds > 0 && !Number.isFinite(c.mean) && (c.diverged ?? 0) === 0), 'not measured: the runs are stored, but not this metric of them.'],
    [confidences.includes('recalled'), '‡ published value recalled, not seen again in the source.'],
    [confidences.includes('uncertain'), '? published value uncertain.'],
  ];
  return [...uses.filter(([used]) => used).map(([, line]) => line), ...(model.agreement ?? []).map(agreementLine)];
}

/** Whether a row that has a variant lacks some metric altogether. */
export const missingColumns = (row: TableRow, { columns }: TableModel): boolean => row.variant !== undefined && columns.measured.some((c) => row.measured[c.key] === undefined);

/** Kendall's tau-b in words; below five rows, and for rows that are all equal, it is not given. */
export function agreementLine({ published, measured, agreement }: RankAgreementLine): string {
  const what = `Order of rows, ${published} (published) against ${measured} (measured)`;
  if (agreement === undefined) return `${what}: not given below five rows, nor for rows that are all equal.`;
  const { tau, low, high, rows, seeds } = agreement;
  const interval = seeds === 1 ? 'one seed' : `95 % or more over ${counted(seeds, 'seed')} [${fixed(low, 2)}, ${fixed(high, 2)}]`;
  return `${what}: Kendall's tau-b ${fixed(tau, 2)} (${interval}, ${counted(rows, 'row')}).`;
}
