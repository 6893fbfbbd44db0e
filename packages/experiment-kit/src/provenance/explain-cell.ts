import { columns } from '@hypersphere/engine';
import { metricRegistry } from '@hypersphere/evaluation';
import { formatNumber, type MeasuredCell } from '@hypersphere/reporting';

import { metricFormat } from '../report/metric-format';
import type { Cell, Ours } from './cell';
import { explainRun, type Context, type RunExplanation } from './explain-run';
import { configLines, runLines, type Line } from './print-run';

/** All that `explain --cell` says; plain JSON. */
export interface CellExplanation extends Omit<Cell, 'runs'> {
  readonly experiment: string;
  readonly profile: string;
  /** How the value was made of its runs. */
  readonly how?: string;
  readonly runs: readonly RunExplanation[];
}

export function explainCell(cell: Cell, { experiment, profile }: Omit<Context, 'store'>): CellExplanation {
  const { runs, ...rest } = cell;
  return {
    experiment: experiment.id,
    profile,
    ...rest,
    ...(cell.ours !== undefined && { how: aggregation(cell.ours) }),
    runs: runs.map((used) => explainRun(used, { experiment, profile, store: cell.store })),
  };
}

/** The explanation for a terminal. */
export function cellText({ experiment, address, profile, where, published, ours, how, runs }: CellExplanation): string {
  const head: Line[] = [
    ...where,
    ...(published === undefined ? [] : [['Published', `${published.value}, ${published.confidence}; ${published.source}`] as const]),
    ...(ours === undefined ? [] : [['Ours', `${valueWords(ours)}; ${how ?? ''}`] as const]),
  ];
  const configs = new Map(runs.flatMap((run) => (run.configDigest === undefined ? [] : [[run.configDigest, run] as const])));
  return [
    `${experiment} ${address}, profile ${profile}`,
    block(head),
    runs.length === 0 ? 'No runs.' : `Runs\n${block(runs.map((run) => [`${run.variant} seed ${run.seed}`, runWords(run, ours)]))}`,
    ...runs.map((run) => `Run ${run.id} (${run.variant}, seed ${run.seed}): ${run.state}\n${block(runLines(run))}`),
    ...[...configs].map(([digest, run]) => `Config ${digest}\n${block(configLines(run))}`),
  ].join('\n\n') + '\n';
}

/** Names and texts in two columns. */
export const block = (lines: readonly Line[]): string => columns(lines, '  ');

function runWords({ id, state, record, why }: RunExplanation, ours: Ours | undefined): string {
  const value = state === 'sound' && ours !== undefined ? record?.metrics[ours.metric]?.value : undefined;
  const reason = state === 'sound' ? '' : why[0]?.split('\n')[0];
  return [id, state, ...(value === undefined ? [] : [String(value)]), ...(reason === undefined || reason === '' ? [] : [reason])].join('  ');
}

function valueWords({ metric, cell }: Ours): string {
  if (cell === 'missing') return 'missing';
  const format = metricFormat(metric);
  if (!Number.isFinite(cell.mean)) return 'no value';
  const unit = format.as === 'percent' ? ' %' : metricRegistry[metric].unit === 'degrees' ? '°' : '';
  const { low, high } = cell;
  return `${formatNumber(cell.mean, format)}${unit}${low === undefined || high === undefined ? '' : ` [${formatNumber(low, format)}, ${formatNumber(high, format)}]`}`;
}

/** In words what `summarise` does. */
function aggregation({ metric, cell }: Ours): string {
  if (cell === 'missing') return 'no run of it is stored';
  const of = `of ${cell.planned ?? cell.seeds}`;
  const lost = (['stale', 'edited', 'failed'] as const).flatMap((state) => ((cell[state] ?? 0) > 0 ? [`${cell[state]} ${state}`] : []));
  const chance = (cell.diverged ?? 0) > 0 ? [`${cell.diverged} diverged, at the chance value of ${metric}`] : [];
  const missing = (cell.planned ?? cell.seeds) - cell.seeds - lostRuns(cell);
  return [seedWords(cell, of), ...chance, ...lost, ...(missing > 0 ? [`${missing} missing`] : [])].join('; ');
}

function seedWords({ seeds, low }: MeasuredCell, of: string): string {
  if (seeds === 0) return `0 ${of} planned runs`;
  if (seeds === 1) return `1 ${of} planned runs${low === undefined ? ', without an interval' : '; the interval is its 95 % bootstrap over test classes'}`;
  return `mean over ${seeds} ${of} planned seeds${low === undefined ? ', without an interval' : ', 95 % t interval over seeds'}`;
}

const lostRuns = ({ stale = 0, edited = 0, failed = 0 }: MeasuredCell): number => stale + edited + failed;
