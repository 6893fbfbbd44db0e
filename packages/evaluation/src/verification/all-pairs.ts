import { labelledRows, type Labelled, type Rows } from '../checks';
import { classOrder, type ClassOrder } from '../classes';
import { forEachTile, type Tile } from '../similarity/tiles';
import { takeRows, unitRows } from '../similarity/unit-rows';
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
  /** Called for each impostor pair, with positions in class order, after it was counted. */
  readonly onImpostor?: (score: number, first: number, second: number, sameGroup: boolean) => void;
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
  const classes = classOrder(input.labels);
  if (classes.classes < 2) throw new RangeError(`allPairs: needs impostors, that is two classes or more, got ${classes.classes}`);
  const sorted = takeRows(unitRows(rows), classes.order);
  const classAt = classes.order.map((sample) => classes.classOf[sample]!);
  const genuine = genuinePairs(sorted, classAt, classes);
  const impostors = (sorted.n * (sorted.n - 1)) / 2 - genuine.scores.length;
  const tail = Math.min(MAX_TAIL, Math.ceil(2 * maxFar * impostors) + 64);
  const all = rocCounter(genuine.scores, tail);
  const groupAt = groups && classes.order.map((sample) => groups[sample]!);
  const within = groupAt && rocCounter(genuine.scores, tail);
  const range = countImpostors({ sorted, classAt, classes, groupAt, all, within, onImpostor: input.onImpostor });
  let [low, high] = range;
  for (const score of genuine.scores) {
    if (score < low) low = score;
    if (score > high) high = score;
  }
  return { counts: all.counts(), sameGroup: within?.counts(), genuine, classes, range: [low, high] };
}

/** Only tiles on or right of the diagonal hold pairs with first < second. */
const isUpper = (tile: Omit<Tile, 'values'>): boolean => tile.columnStart + tile.columns > tile.rowStart;

function genuinePairs(sorted: Rows, classAt: Int32Array, { starts, classes }: ClassOrder): GenuinePairs {
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
  const wanted = (tile: Omit<Tile, 'values'>): boolean =>
    isUpper(tile) && classAt[tile.rowStart + tile.rows - 1]! >= classAt[tile.columnStart]!;
  forEachTile(sorted, sorted, (tile) => {
    for (let i = 0; i < tile.rows; i++) {
      const row = tile.rowStart + i;
      const own = classAt[row]!;
      const from = Math.max(row + 1, tile.columnStart);
      const to = Math.min(starts[own + 1]!, tile.columnStart + tile.columns);
      for (let j = from; j < to; j++) scores[next[own]!++] = tile.values[i * tile.columns + j - tile.columnStart]!;
    }
  }, { shape: 'square', wanted });
  return { scores, classOf };
}

interface Counting {
  readonly sorted: Rows;
  readonly classAt: Int32Array;
  readonly classes: ClassOrder;
  readonly groupAt: Int32Array | undefined;
  readonly all: RocCounter;
  readonly within: RocCounter | undefined;
  readonly onImpostor: AllPairsInput['onImpostor'];
}

function countImpostors({ sorted, classAt, classes, groupAt, all, within, onImpostor }: Counting): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  forEachTile(sorted, sorted, (tile) => {
    const end = tile.columnStart + tile.columns;
    for (let i = 0; i < tile.rows; i++) {
      const row = tile.rowStart + i;
      const offset = i * tile.columns - tile.columnStart;
      const group = groupAt === undefined ? -1 : groupAt[row]!;
      for (let j = Math.max(classes.starts[classAt[row]! + 1]!, tile.columnStart); j < end; j++) {
        const score = tile.values[offset + j]!;
        if (score < low) low = score;
        if (score > high) high = score;
        all.add(score);
        const sameGroup = groupAt !== undefined && groupAt[j] === group;
        if (sameGroup) within!.add(score);
        onImpostor?.(score, row, j, sameGroup);
      }
    }
  }, { shape: 'square', wanted: isUpper });
  return [low, high];
}
