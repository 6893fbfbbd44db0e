import { measuredCell, publishedCell, seedsOf } from './cells';
import type { TableModel } from './table-model';

export interface GridColumn {
  readonly group: 'label' | 'published' | 'measured' | 'seeds' | 'note';
  /** Without the name of its group. */
  readonly title: string;
  readonly cells: readonly string[];
}

/** A table as columns of text, not escaped: the one order of columns that Markdown and LaTeX share. */
export function tableGrid(model: TableModel): GridColumn[] {
  const { columns, rows, uncertainty } = model;
  const measured = (row: TableModel['rows'][number], key: string) => row.measured[key] ?? (row.variant === undefined ? undefined : 'missing');
  const grid: GridColumn[] = [
    { group: 'label', title: 'Method', cells: rows.map((row) => row.label) },
    ...columns.published.map((c): GridColumn => ({ group: 'published', title: c.unit === undefined ? c.title : `${c.title}, ${c.unit}`, cells: rows.map((row) => publishedCell(row, c.key)) })),
    ...columns.measured.map((c): GridColumn => ({ group: 'measured', title: c.as === 'percent' ? `${c.title}, %` : c.title, cells: rows.map((row) => measuredCell(measured(row, c.key), c, uncertainty)) })),
  ];
  if (columns.measured.length > 0) grid.push({ group: 'seeds', title: 'Seeds', cells: rows.map(seedsOf) });
  if (rows.some((row) => row.note !== undefined)) grid.push({ group: 'note', title: 'Note', cells: rows.map((row) => row.note ?? '') });
  return grid;
}
