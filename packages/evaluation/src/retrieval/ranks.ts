import { labelledRows, type Labelled } from '../checks';
import { forEachTile, type Measure } from '../similarity/tiles';
import { unitRows } from '../similarity/unit-rows';

export interface RetrievalInput extends Labelled {
  /** Default: cosine. */
  readonly measure?: Measure;
  /** `[n]`; references of the query's class *and* camera are taken out of its list (the re-identification rule). */
  readonly cameras?: Int32Array;
}

/** Where the relevant references of each query stand. */
export interface QueryRanks {
  /** Samples that have a relevant reference, ascending; the others are no queries. */
  readonly queries: Int32Array;
  /** For each query the ranks (from 1, ascending) of all its relevant references. */
  readonly ranks: readonly Int32Array[];
}

/**
 * Every sample searches all the others. The query itself is excluded by index, so that duplicates stay in; equally
 * near references are ordered by index.
 *
 * @throws RangeError if no sample has a relevant reference
 */
export function queryRanks(input: RetrievalInput): QueryRanks {
  const { labels, cameras, measure = 'cosine' } = input;
  const rows = labelledRows('retrieval', input, cameras);
  const searched = measure === 'cosine' ? unitRows(rows) : rows;
  const queries: number[] = [];
  const ranks: Int32Array[] = [];
  const members = membersOf(labels);
  forEachTile(searched, searched, (tile) => {
    for (let i = 0; i < tile.rows; i++) {
      const query = tile.rowStart + i;
      const own = members.get(labels[query]!)!;
      const relevant = own.filter((other) => other !== query && (cameras === undefined || cameras[other] !== cameras[query]));
      if (relevant.length === 0) continue;
      queries.push(query);
      ranks.push(ranksInRow(tile.values.subarray(i * tile.columns, (i + 1) * tile.columns), relevant, own));
    }
  }, { measure });
  if (queries.length === 0) throw new RangeError('retrieval: needs a query with a relevant reference, got none');
  return { queries: Int32Array.from(queries), ranks };
}

/**
 * Ranks of the relevant references in one row of similarities.
 *
 * @param row `[m]`, higher is nearer
 * @param relevant indices of the relevant references
 * @param own relevant references, and all others that are not in the list at all; ascending
 */
export function ranksInRow(row: ArrayLike<number>, relevant: ArrayLike<number>, own: ArrayLike<number>): Int32Array {
  const nearestFirst = Array.from(relevant).sort((a, b) => row[b]! - row[a]! || a - b);
  const ahead = new Int32Array(nearestFirst.length + 1); // irrelevant ones between the (k-1)th and the kth relevant
  const lowest = row[nearestFirst.at(-1)!]!;
  for (let other = 0, skip = 0; other < row.length; other++) {
    if (other === own[skip]) {
      skip++;
      continue;
    }
    const value = row[other]!;
    if (value >= lowest) ahead[placeOf(value, other, nearestFirst, row)]!++;
  }
  let passed = 0;
  return Int32Array.from(nearestFirst, (_, at) => (passed += ahead[at]!) + at + 1);
}

/** How many relevant references come before this one. */
function placeOf(value: number, index: number, nearestFirst: readonly number[], row: ArrayLike<number>): number {
  let [low, high] = [0, nearestFirst.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = nearestFirst[middle]!;
    if (row[other]! > value || (row[other] === value && other < index)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function membersOf(labels: Int32Array): Map<number, Int32Array> {
  const lists = new Map<number, number[]>();
  labels.forEach((label, sample) => {
    const list = lists.get(label);
    if (list === undefined) lists.set(label, [sample]);
    else list.push(sample);
  });
  return new Map([...lists].map(([label, list]) => [label, Int32Array.from(list)]));
}

