export { generatedBlock } from './generated-block';
export { summaryToMarkdown, summaryToText, type PaperSummary } from './paper-summary';
export { papersTable, type PaperLine } from './papers-table';
