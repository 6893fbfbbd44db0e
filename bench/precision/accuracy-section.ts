import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface AccuracyResult {
  readonly profile: string;
  readonly machine: string;
  readonly rows: readonly {
    readonly experiment: string;
    readonly metric: string;
    /** Mean over the seeds. */
    readonly float32: number;
    /** Mean over the seeds of bfloat16 less float32, with its 95 % interval. */
    readonly gap: number;
    readonly low: number;
    readonly high: number;
    readonly n: number;
  }[];
}

/** Beside the folder of timings, whose files are all of one form. */
export const ACCURACY = join(__dirname, '..', 'results', 'precision', 'accuracy.json');

/** The section of docs/performance.md, if it was measured. */
export function accuracySection(file = ACCURACY): readonly string[] {
  if (!existsSync(file)) return [];
  const { profile, machine, rows } = JSON.parse(readFileSync(file, 'utf8')) as AccuracyResult;
  const lines = rows.map(({ experiment, metric, float32, gap, low, high, n }) => `| ${experiment} | ${metric} | ${n} | ${float32.toFixed(4)} | ${signed(gap)} (${signed(low)} to ${signed(high)}) |`);
  return [
    '## Accuracy in bfloat16',
    `What recorded steps in bfloat16 change, ${profile} profile, same seeds: the mean of the differences, with Student's 95 % interval. ${machine}. Made by \`node -r ./tools/register.cjs bench/precision/accuracy.ts\`.`,
    ['| variant | metric | seeds | float32 | bfloat16 less float32 |', '|---|---|--:|--:|--:|', ...lines].join('\n'),
  ];
}

const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(4)}`;
