import { join, relative } from 'node:path';
import { metricDots, renderFigure, writeTable, type TableModel } from '@hypersphere/reporting';

import type { GridPoint } from '../ablation-grid';
import type { Ablation, Experiment } from '../define-experiment';
import type { PlannedRun } from '../plan';
import { openRunStore } from '../run-store';
import { WORKSPACE } from '../workspace';
import { gapColumns } from './ablation-gaps';
import { caption } from './caption';
import { metricFormat } from './metric-format';
import { measuredCell } from './source';
import { summarise } from './summarise';
import type { SeedRun } from './variant-runs';

export interface PlannedPoint extends GridPoint {
  readonly runs: readonly PlannedRun[];
  /** Runs of the variant that the study is measured against, at this point. */
  readonly against?: readonly PlannedRun[];
}

export interface AblationReport {
  readonly experiment: Experiment;
  readonly name: string;
  readonly ablation: Ablation<string>;
  readonly points: readonly PlannedPoint[];
  readonly store: string;
  readonly profile: string;
  readonly print: (line: string) => void;
}

/** Table and figure of a study, one row a point of its grid. */
export async function writeAblation({ experiment, name, ablation, points, store, profile, print }: AblationReport): Promise<void> {
  const { folder, read } = openRunStore(experiment.id, store);
  const records = read();
  const rows = points.map((point) => ({ ...point, found: point.runs.map((run): SeedRun => stored(run, records)), other: point.against?.map((run): SeedRun => stored(run, records)) }));
  const metric = metricFormat(ablation.metric);
  const { label, ...format } = metric;
  const gaps = ablation.against === undefined ? undefined : gapColumns(rows, ablation.against, ablation.metric);
  const words = [caption(rows.flatMap(({ found }) => found), profile), ablation.search === true ? 'Validation classes; nothing here touched the test classes' : undefined, gaps?.says].filter((part) => part !== undefined).join('. ');
  const model: TableModel = {
    id: name,
    title: `${experiment.id}: ${ablation.says}`,
    caption: words,
    data: { published: 'not published', measured: ablation.search === true ? 'our runs, validation' : 'our runs' },
    columns: { published: [], measured: [{ key: ablation.metric, title: label, ...format }, ...(gaps?.columns ?? [])] },
    rows: rows.map((row, at) => ({ label: row.shortLabel, variant: row.label, published: { values: {} }, measured: { [ablation.metric]: measuredCell(row.found, ablation.metric), ...gaps?.cells[at] } })),
  };
  const base = join(folder, ablation.search === true ? name : join('ablations', name));
  await writeTable(model, base);
  const dots = rows.flatMap(({ shortLabel: point, found }) => {
    const { mean, low, high, perSeed, diverged } = summarise(found, ablation.metric);
    if (mean === undefined) return [];
    const interval = low === undefined || high === undefined ? {} : { low, high };
    return [{ variant: { name: point, family: 'cosface' }, mean, ...interval, seeds: [...perSeed, ...diverged], diverged: diverged.length }];
  });
  if (dots.length > 0) await renderFigure(metricDots({ title: `${experiment.id}: ${ablation.says}`, subtitle: words, metrics: [{ title: label, format, rows: dots }] }), base);
  const path = relative(WORKSPACE, base);
  print(`${experiment.id} ${name}: ${path}.md${dots.length > 0 ? `, ${path}.png` : ''}`);
}

function stored(run: PlannedRun, records: ReturnType<ReturnType<typeof openRunStore>['read']>): SeedRun {
  const record = records.get(run.id);
  return record === undefined ? { seed: run.seed, id: run.id, state: 'missing' } : { seed: run.seed, id: run.id, state: record.status, record };
}
