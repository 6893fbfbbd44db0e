import { join, relative } from 'node:path';
import { metricDots, renderFigure, writeTable, type TableModel } from '@hypersphere/reporting';

import type { Ablation, Experiment } from '../define-experiment';
import { openRunStore } from '../run-store';
import { WORKSPACE } from '../workspace';
import { explainCommand } from '../provenance/command-words';
import { slugs } from '../provenance/slug';
import { gapColumns } from './ablation-gaps';
import { caption } from './caption';
import { metricFormat } from './metric-format';
import { measuredCell } from './source';
import { summarise } from './summarise';
import { pointRuns, type PlannedPoint } from './point-runs';

export interface AblationReport {
  readonly experiment: Experiment;
  readonly name: string;
  readonly ablation: Ablation<string>;
  readonly points: readonly PlannedPoint[];
  readonly store: string;
  readonly profile: string;
  /** Options that name a study by hand. */
  readonly asked?: readonly string[];
  readonly print: (line: string) => void;
}

/** Table and figure of a study, one row a point of its grid. */
export async function writeAblation({ experiment, name, ablation, points, store, profile, asked = [], print }: AblationReport): Promise<void> {
  const { folder, survey } = openRunStore(experiment.id, store);
  const rows = pointRuns(points, survey());
  const metric = metricFormat(ablation.metric);
  const { label, ...format } = metric;
  const gaps = ablation.against === undefined ? undefined : gapColumns(rows, ablation.against, ablation.metric);
  const addresses = slugs(rows.map(({ shortLabel }) => shortLabel));
  const words = [caption(rows.flatMap(({ found }) => found), profile), ablation.search === true ? 'Validation classes; nothing here touched the test classes' : undefined, gaps?.says].filter((part) => part !== undefined).join('. ');
  const model: TableModel = {
    id: name,
    title: `${experiment.id}: ${ablation.says}`,
    caption: words,
    data: { published: 'not published', measured: ablation.search === true ? 'our runs, validation' : 'our runs' },
    columns: { published: [], measured: [{ key: ablation.metric, title: label, ...format }, ...(gaps?.columns ?? [])] },
    rows: rows.map((row, at) => ({ label: row.shortLabel, address: `${name}/${addresses[at] ?? ''}`, variant: row.label, published: { values: {} }, measured: { [ablation.metric]: measuredCell(row.found, ablation.metric), ...gaps?.cells[at] } })),
    provenance: explainCommand(experiment.id, profile, `${name}/${addresses[0] ?? ''}/${ablation.metric}`, asked),
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
