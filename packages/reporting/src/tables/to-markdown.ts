import * as aq from 'arquero';

import { escapeMarkdown } from './escape';
import { tableGrid, type GridColumn } from './grid';
import { tableLegend } from './legend';
import type { TableModel } from './table-model';

/** The table as GitHub Markdown: title, caption, table, legend of its marks, and the way to its runs. */
export function tableToMarkdown(model: TableModel): string {
  const grid = tableGrid(model);
  const heads = grid.map((column) => headOf(column, model));
  const columns = Object.fromEntries(grid.map((column, i) => [`c${i}`, column.cells.map(markdownCell)]));
  const align = Object.fromEntries(grid.map(({ group }, i) => [`c${i}`, group === 'label' || group === 'note' ? 'l' : 'r'] as const));
  const [, , ...body] = aq.table(columns).toMarkdown({ align }).trimEnd().split('\n');
  const rule = grid.map(({ group }) => (group === 'label' || group === 'note' ? ':-' : '-:'));
  const table = [`|${heads.join('|')}|`, `|${rule.join('|')}|`, ...body].join('\n');
  const legend = [...tableLegend(model).map((line) => `- ${escapeMarkdown(line)}`), ...provenanceLine(model)].join('\n');
  return [`## ${escapeMarkdown(model.title)}`, escapeMarkdown(model.caption), table, legend].filter((part) => part !== '').join('\n\n') + '\n';
}

/** How to ask for the runs behind a number. */
function provenanceLine({ provenance }: TableModel): string[] {
  return provenance === undefined ? [] : [`- Where a number comes from: \`${provenance}\`; without \`--cell\` it lists the addresses.`];
}

/** The group stands in every head, so that no column of ours can be taken for one of the paper's. */
function headOf({ group, title }: GridColumn, { data }: TableModel): string {
  if (group === 'published') return `${escapeMarkdown(title)} (published, ${escapeMarkdown(data.published)})`;
  return group === 'measured' ? `${escapeMarkdown(title)} (ours, ${escapeMarkdown(data.measured)})` : escapeMarkdown(title);
}

/** Arquero escapes the bars, so they are left to it. */
const markdownCell = (text: string): string => escapeMarkdown(text).replaceAll('\\|', '|');
