import { columns } from '@hypersphere/engine';

import { compareRecords, type Comparison, type Difference } from './compare-records';
import type { Trained } from './train-again';

export interface RunVerdict {
  /** `cosface/m=0.35 seed 0 (run 0123456789abcdef)`. */
  readonly name: string;
  readonly comparison?: Comparison;
  readonly row: readonly string[];
  /** What is wrong; absent if nothing is. */
  readonly failure?: string;
}

/** Differences that are told in full; of the others the number. */
const TOLD = 5;

export function verdictOf({ stored, again, message }: Trained): RunVerdict {
  const { record, papers } = stored;
  const called = `${papers.join(', ')}/${record.variants.join('=')} seed ${record.seed}`;
  const name = `${called} (run ${record.id})`;
  const start = [record.id, called];
  if (again === undefined) return { name, row: [...start, '–', '–', '–', 'not trained'], failure: `could not be trained again: ${message ?? 'its process was stopped'}` };
  const comparison = compareRecords(record, again);
  const wrong = comparison.differences.filter(({ tooFar }) => tooFar);
  const exact = comparison.because.length === 0;
  const how = exact ? 'to the bit' : 'within the tolerance';
  const verdict = wrong.length > 0 ? 'DIFFERENT' : exact || comparison.differences.length === 0 ? 'equal' : 'near enough';
  return {
    name,
    comparison,
    row: [...start, `${how}${exact ? '' : ` (${comparison.because.join('; ')})`}`, `${comparison.differences.length} of ${comparison.compared}`, farthest(comparison), verdict],
    ...(wrong.length > 0 && { failure: `${wrong.length} of ${comparison.compared} numbers are not equal ${how}: ${told(wrong)}` }),
  };
}

/** The difference that uses most of what is allowed. */
function farthest({ differences }: Comparison): string {
  const use = ({ distance = Infinity, allowed }: Difference): number => (allowed === 0 ? Infinity : distance / allowed);
  const [first] = differences.toSorted((a, b) => use(b) - use(a) || (b.distance ?? Infinity) - (a.distance ?? Infinity));
  return first === undefined ? '–' : words(first);
}

function told(differences: readonly Difference[]): string {
  const more = differences.length - TOLD;
  return `${differences.slice(0, TOLD).map(words).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function words({ what, stored, again, distance, allowed }: Difference): string {
  if (distance === undefined) return `${what}: ${short(stored)}, now ${short(again)}`;
  return `${what}: ${String(stored)}, now ${String(again)} (${distance.toPrecision(2)} apart${allowed === 0 ? '' : `, ${allowed} allowed`})`;
}

function short(value: unknown): string {
  const text = value === undefined ? 'absent' : JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}

const HEAD = ['run', 'called', 'expected', 'different', 'farthest', 'verdict'];

/** One run a line, for a terminal. */
export const verdictTable = (verdicts: readonly RunVerdict[]): string => columns([HEAD, ...verdicts.map(({ row }) => row)]);

/** The largest difference of each kind of number, of runs whose bits were not expected to be equal. */
export function largestDifferences(verdicts: readonly RunVerdict[]): string {
  const differences = verdicts.flatMap(({ comparison }) => (comparison === undefined || comparison.because.length === 0 ? [] : comparison.differences));
  const largest = new Map<string, Difference>();
  for (const one of differences) {
    if (one.kind !== undefined && (one.distance ?? 0) > (largest.get(one.kind)?.distance ?? 0)) largest.set(one.kind, one);
  }
  return [...largest].map(([kind, one]) => `Farthest ${kind}: ${words(one)}`).join('\n');
}
