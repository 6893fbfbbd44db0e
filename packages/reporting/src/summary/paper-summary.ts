import type { ClaimRecord } from '../claims/claim-record';
import { countsInWords, countVerdicts } from '../claims/claim-record';
import type { NumberFormat } from '../format';
import { measuredCell } from '../tables/cells';
import { escapeMarkdown, oneLine } from '../tables/escape';
import type { MeasuredCell } from '../tables/table-model';

/** What came out for one paper. */
export interface PaperSummary {
  readonly title: string;
  readonly profile: string;
  readonly metrics: readonly (NumberFormat & { readonly label: string })[];
  /** One row a variant, cells in the order of the metrics. */
  readonly rows: readonly { readonly variant: string; readonly cells: readonly (MeasuredCell | 'missing')[] }[];
  readonly claims: readonly ClaimRecord[];
  /** What to open, best first; paths relative to the repository. */
  readonly files: readonly { readonly what: string; readonly path: string }[];
  /** Runs that failed, and other things a reader should not miss. */
  readonly problems?: readonly string[];
}

/** The summary for a terminal: plain text in aligned columns. */
export function summaryToText(summary: PaperSummary): string {
  const claims = summary.claims.map((c) => [c.id, c.judgement.verdict, c.says]);
  return [
    oneLine(`${summary.title}, ${summary.profile} profile`),
    aligned(measuredRows(summary)),
    `Claims: ${countsInWords(countVerdicts(summary.claims))}`,
    aligned(claims),
    (summary.problems ?? []).map((p) => `  ! ${oneLine(p)}`).join('\n'),
    'Open',
    aligned(summary.files.map((f) => [f.what, f.path])),
  ].filter((part) => part !== '').join('\n') + '\n';
}

/** The summary as Markdown, links relative to `from` left as they are given. */
export function summaryToMarkdown(summary: PaperSummary): string {
  const [head = [], ...rows] = measuredRows(summary).map((row) => row.map(escapeMarkdown));
  const table = [head, head.map((_, i) => (i === 0 ? ':-' : '-:')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
  const claims = summary.claims.map((c) => `- **${escapeMarkdown(c.id)}** ${escapeMarkdown(c.says)}: **${c.judgement.verdict}**`);
  const problems = (summary.problems ?? []).map((p) => `- ${escapeMarkdown(p)}`);
  return [
    `### ${escapeMarkdown(summary.title)}, ${escapeMarkdown(summary.profile)} profile`,
    table,
    `Claims: ${countsInWords(countVerdicts(summary.claims))}.`,
    claims.join('\n'),
    problems.length === 0 ? '' : `Not to be missed:\n\n${problems.join('\n')}`,
    summary.files.map((f) => `- [${escapeMarkdown(f.what)}](${f.path})`).join('\n'),
  ].filter((part) => part !== '').join('\n\n') + '\n';
}

function measuredRows({ metrics, rows }: PaperSummary): string[][] {
  const head = ['variant', ...metrics.map((m) => (m.as === 'percent' ? `${m.label} (%)` : m.label))];
  const body = rows.map(({ variant, cells }) => [variant, ...metrics.map((m, i) => measuredCell(cells[i] ?? 'missing', m, 'half-width'))]);
  return [head, ...body];
}

/** Rows of text in columns two spaces apart, indented; the last column is left ragged. */
function aligned(rows: readonly (readonly string[])[]): string {
  const plain = rows.map((row) => row.map(oneLine));
  const widths = (plain[0] ?? []).map((_, i) => Math.max(...plain.map((row) => (row[i] ?? '').length)));
  return plain.map((row) => `  ${row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join('  ')}`.trimEnd()).join('\n');
}
