import { z } from 'zod';
import { HypersphereError } from '@hypersphere/engine';

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
  const parsed = paperTables.safeParse(JSON.parse(text));
  if (!parsed.success) throw new HypersphereError(`${file}: not a list of published tables\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

export function publishedTable(published: PaperTables, id: string): PublishedTable {
  const found = published.tables.find((one) => one.id === id);
  if (found === undefined) throw new HypersphereError(`unknown published table ${nearest(id, published.tables.map((one) => one.id))}`);
  return found;
}

/** Every table, row and column that the experiment names must have been published. */
export function checkAgainstPaper(experiment: Experiment, published: PaperTables, file: string): void {
  for (const [id, plan] of Object.entries(experiment.tables)) {
    const source = publishedTable(published, id);
    const labels = source.rows.map((one) => one.label);
    for (const label of Object.keys(plan.rows)) {
      if (!labels.includes(label)) throw new HypersphereError(`${file}: table '${id}' has no row ${nearest(label, labels)}`);
    }
    for (const column of Object.keys(plan.columns)) {
      if (!source.columns.includes(column)) throw new HypersphereError(`${file}: table '${id}' has no column ${nearest(column, source.columns)}`);
    }
  }
}
