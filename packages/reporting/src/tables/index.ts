export { escapeLatex, escapeMarkdown } from './escape';
export type { Confidence, MeasuredCell, MeasuredColumn, PublishedColumn, RankAgreementLine, TableModel, TableRow } from './table-model';
export { tableToCsv } from './to-csv';
export { tableToLatex } from './to-latex';
export { tableToMarkdown } from './to-markdown';
export { writeTable } from './write-table';
