import { forEachClassPair, type ClassRows } from '../similarity/class-rows';
import type { Measure } from '../similarity/tiles';

/** The relevant references of every position in class order, nearest first; list q is `starts[q] .. starts[q + 1] - 1`. */
export interface RelevantLists {
  readonly starts: Int32Array;
  readonly similarity: Float32Array;
  /** Index of the reference among the samples. */
  readonly index: Int32Array;
  /** Similarity of the farthest relevant reference; Infinity for a position that is no query. */
  readonly lowest: Float32Array;
}

/** Whether a reference of the query's class is in its list; both are indices of samples. */
export type IsRelevant = (query: number, reference: number) => boolean;

/** Memory grows with the number of relevant pairs: 12 bytes each. */
export function relevantLists(set: ClassRows, isRelevant: IsRelevant, measure: Measure): RelevantLists {
  const { order, rows } = set;
  const starts = listStarts(set, isRelevant);
  const next = starts.slice();
  const similarity = new Float32Array(starts[rows.n]!);
  const index = new Int32Array(starts[rows.n]!);
  const append = (query: number, reference: number, value: number): void => {
    if (!isRelevant(order[query]!, order[reference]!)) return;
    similarity[next[query]!] = value;
    index[next[query]!++] = order[reference]!;
  };
  forEachClassPair(set, (first, second, value) => {
    append(first, second, value);
    append(second, first, value);
  }, measure);
  const lowest = new Float32Array(rows.n).fill(Infinity);
  for (let query = 0; query < rows.n; query++) {
    const [from, to] = [starts[query]!, starts[query + 1]!];
    if (from === to) continue;
    sortNearestFirst(similarity.subarray(from, to), index.subarray(from, to));
    lowest[query] = similarity[to - 1]!;
  }
  return { starts, similarity, index, lowest };
}

function listStarts({ order, starts: classStarts, classAt, rows }: ClassRows, isRelevant: IsRelevant): Int32Array {
  const starts = new Int32Array(rows.n + 1);
  for (let query = 0; query < rows.n; query++) {
    let count = 0;
    for (let other = classStarts[classAt[query]!]!; other < classStarts[classAt[query]! + 1]!; other++) {
      if (other !== query && isRelevant(order[query]!, order[other]!)) count++;
    }
    starts[query + 1] = starts[query]! + count;
  }
  return starts;
}

/** Equally near references by index. */
function sortNearestFirst(similarity: Float32Array, index: Int32Array): void {
  const [values, indices] = [similarity.slice(), index.slice()];
  const places = Array.from(values.keys()).sort((a, b) => values[b]! - values[a]! || indices[a]! - indices[b]!);
  places.forEach((from, to) => {
    similarity[to] = values[from]!;
    index[to] = indices[from]!;
  });
}

/** How many references of the list come before one of this similarity and index. */
export function placeInList({ starts, similarity, index }: RelevantLists, query: number, value: number, reference: number): number {
  const from = starts[query]!;
  let [low, high] = [from, starts[query + 1]!];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = similarity[middle]!;
    if (other > value || (other === value && index[middle]! < reference)) low = middle + 1;
    else high = middle;
  }
  return low - from;
}
