import { z } from 'zod';
import { HypersphereError, parseJson } from '@hypersphere/engine';

import type { Experiment } from './define-experiment';
import { nearest } from './nearest';

const row = z.object({
  label: z.string(),
  config: z.record(z.string(), z.unknown()).optional(),
  values: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null(), z.array(z.number())])),
  confidence: z.string(),
});

const table = z.object({
  id: z.string(),
  title: z.string(),
  metric_units: z.string().optional(),
  columns: z.array(z.string()),
  rows: z.array(row),
  source: z.string(),
  note: z.string().optional(),
});

const paperTables = z.object({ paper: z.string(), arxiv: z.string().optional(), venue: z.string().optional(), tables: z.array(table) });

/** The published numbers of a paper: the only place where they stand. */
export type PaperTables = z.infer<typeof paperTables>;
export type PublishedTable = z.infer<typeof table>;

export function parsePaperTables(text: string, file: string): PaperTables {
  const parsed = paperTables.safeParse(json(text, file));
  if (!parsed.success) throw new HypersphereError(`${file}: not a list of published tables\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

export function publishedTable(published: PaperTables, id: string): PublishedTable {
  const found = published.tables.find((one) => one.id === id);
  if (found === undefined) throw new HypersphereError(`unknown published table ${nearest(id, published.tables.map((one) => one.id))}`);
  return found;
}

/** Every table, row and column that the tables and claims of the experiment name must have been published. */
export function checkAgainstPaper(experiment: Experiment, published: PaperTables, file: string): void {
  for (const [id, plan] of Object.entries(experiment.tables)) {
    checkCells(published, { file, id, where: `table '${id}'` }, Object.keys(plan.rows), Object.keys(plan.columns));
  }
  for (const [claim, { published: cells = [] }] of Object.entries(experiment.claims)) {
    for (const [id, row, column] of cells) checkCells(published, { file, id, where: `claim ${claim}, table '${id}'` }, [row], [column]);
  }
}

interface Place {
  readonly file: string;
  readonly id: string;
  readonly where: string;
}

function checkCells(published: PaperTables, { file, id, where }: Place, rows: readonly string[], columns: readonly string[]): void {
  const table = published.tables.find((one) => one.id === id);
  if (table === undefined) throw new HypersphereError(`${file}: ${where}: unknown table ${nearest(id, published.tables.map((one) => one.id))}`);
  const labels = table.rows.map(({ label }) => label);
  const unknownRow = rows.find((label) => !labels.includes(label));
  if (unknownRow !== undefined) throw new HypersphereError(`${file}: ${where} has no row ${nearest(unknownRow, labels)}`);
  const unknownColumn = columns.find((column) => !table.columns.includes(column));
  if (unknownColumn !== undefined) throw new HypersphereError(`${file}: ${where} has no column ${nearest(unknownColumn, table.columns)}`);
}

function json(text: string, file: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new HypersphereError(`${file}: expected the published tables as JSON, received a text that ${(cause as Error).message}. Restore it (git checkout).`, { cause });
  }
}
