import type { Study } from '../plan-study';
import { gapColumns } from '../report/ablation-gaps';
import { pointRuns, type FoundPoint } from '../report/point-runs';
import { measuredCell } from '../report/source';
import { openRunStore } from '../run-store';
import type { Cell, UsedRun } from './cell';
import { slugs } from './slug';
import { metricWords } from './table-cells';

/** Every cell of a study's table: the metric, and where it is measured against another variant, that one's and the gap. */
export function studyCells({ experiment, name, ablation, points, store }: Study): Cell[] {
  const { metric, against } = ablation;
  const rows = pointRuns(points, openRunStore(experiment.id, store).survey());
  const names = slugs(rows.map(({ shortLabel }) => shortLabel));
  const gaps = against === undefined ? undefined : gapColumns(rows, against, metric);
  return rows.flatMap((row, at): Cell[] => {
    const [own, other] = [usedRuns(row, 'found'), usedRuns(row, 'other')];
    const cell = (column: string, words: string, found: Pick<Cell, 'ours' | 'runs'>): Cell => ({
      address: `${name}/${names[at] ?? ''}/${column}`,
      where: [['Study', `${name}: ${ablation.says}`], ['Row', `${row.shortLabel} (${ablation.from} with ${row.label})`], ['Column', words]],
      ...found,
      store,
    });
    const first = cell(metric, metricWords(metric), { ours: { metric, cell: measuredCell(row.found, metric) }, runs: own });
    if (against === undefined) return [first];
    return [
      first,
      cell('against', `${metricWords(metric)} of ${against}`, { ours: { metric, cell: measuredCell(row.other ?? [], metric) }, runs: other }),
      cell('gap', `gap to ${against}, seed by seed; above 0 is better`, { ours: { metric, cell: gaps?.cells[at]?.['gap'] ?? 'missing' }, runs: [...own, ...other] }),
    ];
  });
}

function usedRuns(point: FoundPoint, which: 'found' | 'other'): UsedRun[] {
  const planned = (which === 'found' ? point.runs : point.against) ?? [];
  return (point[which] ?? []).map((run, at) => ({ variant: planned[at]?.uses[0]?.variants[0] ?? '', run }));
}
