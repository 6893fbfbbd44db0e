import { canonicalJson } from '../canonical-json';
import type { Environment, RunRecord } from '../run-record';
import { allowedFor, allowedOf, type Allowed, type Kind } from './tolerance';

/** One number of a run that came out otherwise. */
export interface Difference {
  /** `verification.accuracy`, `verification.accuracy low`, `loss at step 5`. */
  readonly what: string;
  readonly kind?: Kind;
  readonly stored: unknown;
  readonly again: unknown;
  /** Absent where nothing but equality is allowed. */
  readonly distance?: number;
  /** Allowed at most this; 0 where equality is expected. */
  readonly allowed: number;
  readonly tooFar: boolean;
}

export interface Comparison {
  /** What of engine, threads or CPU differs, so that the bits need not be equal; empty if nothing does. */
  readonly because: readonly string[];
  readonly differences: readonly Difference[];
  /** How many numbers were compared. */
  readonly compared: number;
}

/** A stored run against the same trained again: every metric with its interval, the curve, the data of figures, status and steps. */
export function compareRecords(stored: RunRecord, again: RunRecord): Comparison {
  const because = environmentDifferences(stored.environment, again.environment);
  const exact = because.length === 0;
  const pairs = [...exactPairs(stored, again, exact), ...metricPairs(stored, again), ...curvePairs(stored, again)].filter((pair) => pair.stored !== undefined || pair.again !== undefined);
  const differences = pairs.flatMap((pair) => differenceOf(pair, exact) ?? []);
  return { because, differences, compared: pairs.length };
}

/** What decides the bits of a run besides its config: engine, threads and kind of CPU. */
const DECIDING: readonly (keyof Environment)[] = ['tensorflow', 'tfjs', 'device', 'cpu', 'threads', 'xla'];

function environmentDifferences(stored: Environment, again: Environment): string[] {
  return DECIDING.filter((key) => (stored[key] ?? false) !== (again[key] ?? false)).map((key) => `${key} ${String(stored[key])}, here ${String(again[key])}`);
}

interface Pair {
  readonly what: string;
  readonly stored: unknown;
  readonly again: unknown;
  /** Absent: equality only. */
  readonly allowed?: Allowed;
}

/** Status and steps always; data of figures are too many kinds for a tolerance. */
function exactPairs(stored: RunRecord, again: RunRecord, exact: boolean): Pair[] {
  const series = [...new Set([...Object.keys(stored.series), ...Object.keys(again.series)])].sort();
  return [
    { what: 'status', stored: stored.status, again: again.status },
    { what: 'steps', stored: stored.steps, again: again.steps },
    ...(exact ? [{ what: 'packed data', stored: stored.packedDigest, again: again.packedDigest }] : []),
    ...(exact ? series.map((name) => ({ what: `series ${name}`, stored: stored.series[name], again: again.series[name] })) : []),
  ];
}

function metricPairs(stored: RunRecord, again: RunRecord): Pair[] {
  const names = [...new Set([...Object.keys(stored.metrics), ...Object.keys(again.metrics)])].sort();
  return names.flatMap((name) => {
    const [a, b] = [stored.metrics[name], again.metrics[name]];
    const allowed = allowedOf(name);
    return [
      { what: name, stored: a?.value, again: b?.value, allowed },
      { what: `${name} low`, stored: a?.low, again: b?.low, allowed },
      { what: `${name} high`, stored: a?.high, again: b?.high, allowed },
      { what: `${name} n`, stored: a?.n, again: b?.n },
    ];
  });
}

function curvePairs({ curve: stored }: RunRecord, { curve: again }: RunRecord): Pair[] {
  const points = Array.from({ length: Math.max(stored.length, again.length) }, (_, at) => [stored[at], again[at]] as const);
  return points.flatMap(([a, b], at): Pair[] => {
    const where = `at step ${a?.step ?? b?.step ?? '?'}`;
    const validation = [...new Set([...Object.keys(a?.validation ?? {}), ...Object.keys(b?.validation ?? {})])];
    return [
      { what: `step ${where}`, stored: a?.step, again: b?.step },
      { what: `learning rate ${where}`, stored: a?.learningRate, again: b?.learningRate },
      { what: `loss ${where}`, stored: a?.loss, again: b?.loss, allowed: allowedFor(at === 0 ? 'firstLoss' : 'loss') },
      { what: `batch accuracy ${where}`, stored: a?.trainAccuracy, again: b?.trainAccuracy, allowed: allowedFor('batchAccuracy') },
      ...validation.map((name) => ({ what: `validation ${name} ${where}`, stored: a?.validation?.[name], again: b?.validation?.[name], allowed: allowedOf(name) })),
    ];
  });
}

function differenceOf({ what, stored, again, allowed }: Pair, exact: boolean): Difference | undefined {
  if (canonicalJson([stored]) === canonicalJson([again])) return undefined;
  if (typeof stored !== 'number' || typeof again !== 'number') return { what, stored, again, allowed: 0, tooFar: true };
  const scale = allowed?.relative === true ? Math.max(Math.abs(stored), Math.abs(again)) : 1;
  const distance = Math.abs(stored - again) / scale;
  const atMost = exact || allowed === undefined ? 0 : allowed.atMost;
  return { what, ...(allowed !== undefined && { kind: allowed.kind }), stored, again, distance, allowed: atMost, tooFar: distance > atMost };
}
