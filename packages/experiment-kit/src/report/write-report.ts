import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { summaryToMarkdown, renderFigure, writeClaims, writeIfChanged, writeTable, generatedBlock, claimsToMarkdown, tableToMarkdown, type ClaimRecord, type PaperSummary, type TableModel } from '@hypersphere/reporting';

import type { ProfileName } from '../define-experiment';
import { hasOwnData } from '../own-data';
import type { LoadedExperiment } from '../load-experiment';
import { EXPERIMENTS, WORKSPACE } from '../workspace';
import { claimRecords } from './claim-records';
import { drawPlan } from './draw-figure';
import { metricFormat } from './metric-format';
import { reportSource, type ReportSource } from './source';
import { tableModel } from './table-model';

export interface PaperReport {
  readonly id: string;
  readonly idea: string;
  readonly summary: PaperSummary;
  readonly claims: readonly ClaimRecord[];
  /** Commits that made the stored runs. */
  readonly commits: readonly string[];
  readonly runs: { readonly stored: number; readonly planned: number; readonly seconds: number };
  /** What is wrong with records that were found edited or damaged: tables mark their cells, and take nothing from them. */
  readonly damaged: readonly string[];
}

/** Tables, figures, claims and README of one paper and profile, from stored runs alone; byte-identical when repeated. */
export async function writeReport({ experiment, published }: LoadedExperiment, profile: ProfileName): Promise<PaperReport> {
  const source = reportSource(experiment, profile);
  const { folder } = source.store;
  const tables = Object.entries(experiment.tables).map(([id, plan]) => tableModel(id, plan, source, published));
  for (const table of tables) await writeTable(table, join(folder, table.id));
  const claims = claimRecords(source, published);
  await writeClaims(`Claims of ${experiment.paper.title}`, claims, join(folder, 'claims'));
  const figures: string[] = [];
  const undrawn: string[] = [];
  for (const [id, plan] of Object.entries(experiment.figures)) {
    try {
      const spec = drawPlan(plan, source);
      if (spec === undefined) continue;
      await renderFigure(spec, join(folder, id));
      figures.push(id);
    } catch (error) {
      // One figure that cannot be drawn takes neither the others nor the tables with it.
      undrawn.push(`figure ${id}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const drawn = summaryOf(source, claims, figures);
  const summary = { ...drawn, problems: [...(drawn.problems ?? []), ...undrawn] };
  await writeIfChanged(join(folder, 'README.md'), overview(source, summary, tables, figures));
  if (profile === 'standard' && !hasOwnData()) await updateReadme(experiment.id, tables, claims);
  return { id: experiment.id, idea: experiment.idea, summary, claims, ...provenance(source), damaged: source.damaged.map(({ message }) => message) };
}

function summaryOf(source: ReportSource, claims: readonly ClaimRecord[], figures: readonly string[]): PaperSummary {
  const { experiment, profile, store } = source;
  const path = (file: string) => relative(WORKSPACE, join(store.folder, file));
  const shown = Object.keys(experiment.variants).filter((name) => source.has(name) && source.runs(name).some(({ record }) => record?.config.evaluation.kind !== 'geometry'));
  return {
    title: experiment.paper.title,
    profile,
    metrics: experiment.metrics.map(metricFormat),
    rows: shown.map((variant) => ({ variant, cells: experiment.metrics.map((metric) => source.cell(variant, metric)) })),
    claims,
    files: [
      { what: 'overview', path: path('README.md') },
      { what: 'claims', path: path('claims.md') },
      ...(figures[0] === undefined ? [] : [{ what: 'figures', path: path(`${figures[0]}.png`) }]),
    ],
    problems: problems(source),
  };
}

function problems(source: ReportSource): string[] {
  return Object.keys(source.experiment.variants).flatMap((variant) => {
    const runs = source.runs(variant);
    const count = (state: string) => runs.filter((run) => run.state === state).length;
    const failed = runs.find(({ state }) => state === 'failed')?.record?.message?.split('\n')[0];
    const diverged = runs.find(({ state }) => state === 'diverged')?.record?.message;
    return [
      ...(count('failed') > 0 ? [`${variant}: ${count('failed')} of ${runs.length} runs failed: ${failed ?? 'no message'}`] : []),
      ...(count('diverged') > 0 ? [`${variant}: ${count('diverged')} of ${runs.length} runs diverged or collapsed: ${diverged ?? 'no message'}`] : []),
      ...(count('edited') > 0 ? [`${variant}: ${count('edited')} of ${runs.length} stored runs were edited or damaged, and left out`] : []),
      ...(count('stale') > 0 ? [`${variant}: ${count('stale')} of ${runs.length} stored runs are stale; reproduce trains them anew`] : []),
    ];
  });
}

function overview(source: ReportSource, summary: PaperSummary, tables: readonly TableModel[], figures: readonly string[]): string {
  const { experiment } = source;
  const local = { ...summary, files: [{ what: 'claims with their evidence', path: 'claims.md' }, { what: 'run records', path: 'runs.jsonl' }] };
  return [
    `# ${experiment.paper.title}`,
    `${experiment.paper.authors}. ${experiment.paper.venue}, ${experiment.paper.year}. <${experiment.paper.url}>`,
    summaryToMarkdown(local),
    '## Tables',
    ...tables.map((table) => tableToMarkdown(table)),
    '## Figures',
    ...figures.map((id) => `![${experiment.figures[id]?.title ?? id}](${id}.svg)`),
    '',
  ].join('\n\n').trimEnd() + '\n';
}

/** The generated sections of the experiment's own README, from the standard profile only. */
async function updateReadme(id: string, tables: readonly TableModel[], claims: readonly ClaimRecord[]): Promise<void> {
  const file = join(EXPERIMENTS, id, 'README.md');
  const text = readFileSync(file, 'utf8');
  const results = generatedBlock(text, 'results', tables.map((table) => tableToMarkdown(table)).join('\n'));
  await writeIfChanged(file, generatedBlock(results, 'claims', claimsToMarkdown(claims)));
}

function provenance(source: ReportSource): Pick<PaperReport, 'commits' | 'runs'> {
  const runs = Object.keys(source.experiment.variants).flatMap((variant) => source.runs(variant));
  const records = runs.flatMap(({ record }) => (record === undefined ? [] : [record]));
  return {
    commits: [...new Set(records.flatMap(({ commit }) => (commit === undefined ? [] : [commit.slice(0, 9)])))].sort(),
    runs: { stored: records.length, planned: runs.length, seconds: records.reduce((total, { seconds }) => total + seconds, 0) },
  };
}
