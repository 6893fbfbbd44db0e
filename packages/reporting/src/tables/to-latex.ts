import { escapeLatex } from './escape';
import { tableGrid, type GridColumn } from './grid';
import { tableLegend } from './legend';
import type { TableModel } from './table-model';

/** The table as LaTeX for the `booktabs` package; published and measured columns stand under heads of their own. */
export function tableToLatex(model: TableModel): string {
  const grid = tableGrid(model);
  const rows = model.rows.map((_, i) => `    ${grid.map((column) => escapeLatex(column.cells[i] ?? '')).join(' & ')} \\\\`);
  const legend = tableLegend(model).map((line) => `  \\par\\footnotesize ${escapeLatex(line)}`);
  return [
    '% needs \\usepackage{booktabs}',
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${escapeLatex(model.title)}. ${escapeLatex(model.caption)}}`,
    `  \\label{tab:${model.id.replace(/[^\w-]/g, '-')}}`,
    `  \\begin{tabular}{${grid.map(({ group }) => (group === 'label' || group === 'note' ? 'l' : 'r')).join('')}}`,
    '    \\toprule',
    ...groupHeads(grid, model),
    `    ${grid.map((column) => escapeLatex(column.title)).join(' & ')} \\\\`,
    '    \\midrule',
    ...rows,
    '    \\bottomrule',
    '  \\end{tabular}',
    ...legend,
    '\\end{table}',
    '',
  ].join('\n');
}

/** The line of group names and the rules under them. */
function groupHeads(grid: readonly GridColumn[], { data }: TableModel): string[] {
  const names = { published: `published, ${data.published}`, measured: `ours, ${data.measured}` } as const;
  const spans = (['published', 'measured'] as const).flatMap((group) => {
    const first = grid.findIndex((column) => column.group === group);
    const count = grid.filter((column) => column.group === group).length;
    return count === 0 ? [] : [{ first, count, name: names[group] }];
  });
  if (spans.length === 0) return [];
  const heads = spans.map(({ count, name }) => `\\multicolumn{${count}}{c}{${escapeLatex(name)}}`);
  const rules = spans.map(({ first, count }) => `\\cmidrule(lr){${first + 1}-${first + count}}`);
  const rest = grid.length - 1 - spans.reduce((sum, { count }) => sum + count, 0);
  return [`    & ${heads.join(' & ')}${' &'.repeat(rest)} \\\\`, `    ${rules.join(' ')}`];
}
