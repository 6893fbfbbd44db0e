import { labelledRows, type Labelled } from '../checks';
import type { ClassOrder } from '../classes';
import { forEachClassPair, forEachOtherRun, inClassOrder, type ClassRows, type Run } from '../similarity/class-rows';
import { unitRows } from '../similarity/unit-rows';
import { rocCounter, type RocCounter, type RocCounts } from './roc-counts';

/** Every unordered pair of different samples, once: genuine if the classes agree, impostor if not. */
export interface AllPairs {
  readonly counts: RocCounts;
  /** Impostors of the same group only (the same typeface, say); all genuine pairs. */
  readonly sameGroup?: RocCounts;
  readonly genuine: GenuinePairs;
  readonly classes: ClassOrder;
  /** Lowest and highest cosine of all pairs. */
  readonly range: readonly [low: number, high: number];
}

export interface GenuinePairs {
  /** Cosines, in order of class. */
  readonly scores: Float32Array;
  /** Class number of each pair, ascending. */
  readonly classOf: Int32Array;
}

export interface AllPairsInput extends Labelled {
  /** `[n]`: a nuisance group of each sample. */
  readonly groups?: Int32Array;
  /** Largest FAR at which ties among impostors must be known exactly. */
  readonly maxFar?: number;
  /** Called for the impostor pairs of one sample with samples of later classes, in positions of class order. */
  readonly onImpostors?: (run: Run) => void;
}

const MAX_TAIL = 500_000;

/**
 * Cosines of all pairs, each pair once, the sample itself excluded. Single-image classes have no genuine pair but are
 * impostors to all others. Genuine scores are kept; of the impostors only counts against them and the highest ones.
 *
 * @throws RangeError without two classes, or without any genuine pair
 */
export function allPairs(input: AllPairsInput): AllPairs {
  const { groups, maxFar = 0.01 } = input;
  const rows = labelledRows('allPairs', input, groups);
  const set = inClassOrder(unitRows(rows), input.labels);
  const { classes, order } = set;
  if (classes < 2) throw new RangeError(`allPairs: needs impostors, that is two classes or more, got ${classes}`);
  const genuine = genuinePairs(set);
  const impostors = (rows.n * (rows.n - 1)) / 2 - genuine.scores.length;
  const tail = Math.min(MAX_TAIL, Math.ceil(2 * maxFar * impostors) + 64);
  const all = rocCounter(genuine.scores, tail);
  const groupAt = groups && order.map((sample) => groups[sample]!);
  const within = groupAt && rocCounter(genuine.scores, tail);
  const range = countImpostors({ set, groupAt, all, within, onImpostors: input.onImpostors });
  let [low, high] = range;
  for (const score of genuine.scores) {
    if (score < low) low = score;
    if (score > high) high = score;
  }
  return { counts: all.counts(), sameGroup: within?.counts(), genuine, classes: set, range: [low, high] };
}

function genuinePairs(set: ClassRows): GenuinePairs {
  const { starts, classes, classAt } = set;
  const first = new Int32Array(classes + 1); // first pair of each class
  for (let k = 0; k < classes; k++) {
    const size = starts[k + 1]! - starts[k]!;
    first[k + 1] = first[k]! + (size * (size - 1)) / 2;
  }
  const total = first[classes]!;
  if (total === 0) throw new RangeError('allPairs: needs a class with two images or more, got single images only');
  const scores = new Float32Array(total);
  const classOf = new Int32Array(total);
  for (let k = 0; k < classes; k++) classOf.fill(k, first[k], first[k + 1]);
  const next = first.slice();
  forEachClassPair(set, (row, _, score) => {
    scores[next[classAt[row]!]!++] = score;
  });
  return { scores, classOf };
}

interface Counting {
  readonly set: ClassRows;
  readonly groupAt: Int32Array | undefined;
  readonly all: RocCounter;
  readonly within: RocCounter | undefined;
  readonly onImpostors: AllPairsInput['onImpostors'];
}

/** @returns lowest and highest score */
function countImpostors({ set, groupAt, all, within, onImpostors }: Counting): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  const sameGroup = new Float32Array(set.rows.n);
  forEachOtherRun(set, (run) => {
    const { first, from, to, values, offset } = run;
    all.add(values, offset + from, offset + to);
    for (let at = offset + from; at < offset + to; at++) {
      if (values[at]! < low) low = values[at]!;
      if (values[at]! > high) high = values[at]!;
    }
    onImpostors?.(run);
    if (groupAt === undefined) return;
    let count = 0;
    for (let second = from; second < to; second++) if (groupAt[second] === groupAt[first]) sameGroup[count++] = values[offset + second]!;
    within!.add(sameGroup, 0, count);
  });
  return [low, high];
}
