import type { ItemResult } from './item';
import { kernelTable } from './profile/kernel-table';
import { ratioOf } from './summarise';

/** What stands where nobody has looked yet. */
const UNKNOWN = 'no reason found yet';

type Why = (id: string) => string | undefined;

export const isMissed = (result: Pick<ItemResult, 'sides' | 'target'>): boolean => ratioOf(result).value > result.target;

/** The section that names every missed target; none where all are met. */
export function missedSection(results: readonly ItemResult[], why: Why): string[] {
  const missed = results.filter(isMissed);
  if (missed.length === 0) return [];
  const rows = missed.map((result) => `| [${result.id}](#${result.id}) | ${ratioOf(result).value.toFixed(2)} | ${result.target.toFixed(2)} | ${why(result.id) ?? UNKNOWN} |`);
  return ['## Missed targets', ['| item | ratio | target | reason |', '|---|--:|--:|---|', ...rows].join('\n')];
}

/** What the section of an item says of its miss: the reason, and the time by kernel where it was taken. */
export function missNotes(result: ItemResult, why: Why): string[] {
  if (!isMissed(result)) return [];
  const { id, unit, kernels } = result;
  const table = kernels === undefined ? [] : [`Ours by TensorFlow kernel, run op by op, the median ${unit}; a recorded ${unit} runs the same without what is between them:`, kernelTable(kernels)];
  return [`Missed: ${why(id) ?? UNKNOWN}`, ...table];
}
