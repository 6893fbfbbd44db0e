import { checkPerSample, labelledRows, type Labelled } from '../checks';
import { forEachOtherRun, inClassOrder, type ClassRows } from '../similarity/class-rows';
import type { Measure } from '../similarity/tiles';
import { unitRows } from '../similarity/unit-rows';
import { placeInList, relevantLists, type IsRelevant, type RelevantLists } from './relevant-lists';

export interface RetrievalInput extends Labelled {
  /** Default: cosine. */
  readonly measure?: Measure;
  /** `[n]`; references of the query's class *and* camera are taken out of its list (the re-identification rule). */
  readonly cameras?: Int32Array;
  /** Indices of the samples that search. Default: all. */
  readonly queries?: Int32Array;
  /** Indices of the samples that are searched. Default: all. A query in it is no reference of its own. */
  readonly gallery?: Int32Array;
  /** For each sample what it was taken from (threads of an episode); references of the query's class that share one are taken out of its list. */
  readonly sources?: readonly Int32Array[];
}

/** Where the relevant references of each query stand. */
export interface QueryRanks {
  /** Samples that have a relevant reference, ascending; the others are no queries. */
  readonly queries: Int32Array;
  /** For each query the ranks (from 1, ascending) of all its relevant references. */
  readonly ranks: readonly Int32Array[];
}

/**
 * Every query searches the gallery, by default every sample all the others. The query itself is excluded by index, so
 * that duplicates stay in; equally near references are ordered by index. Exact over the whole gallery: ranks are
 * counted, no list is cut off. Each product is computed once and serves both of its samples.
 *
 * @throws RangeError if no sample has a relevant reference
 */
export function queryRanks(input: RetrievalInput): QueryRanks {
  const { labels, cameras, measure = 'cosine' } = input;
  const rows = labelledRows('retrieval', input, cameras);
  if (input.sources !== undefined) checkPerSample('retrieval', 'sources', input.sources, rows.n);
  const searches = chosen('queries', input.queries, rows.n);
  const searched = chosen('gallery', input.gallery, rows.n);
  const set = inClassOrder(measure === 'cosine' ? unitRows(rows) : rows, labels);
  const lists = relevantLists(set, relevance(input, searches, searched), measure);
  const ahead = countAhead(set, lists, searched, measure);
  const queries = labels.map((_, sample) => sample).filter((sample) => searches[sample] === 1);
  const positionOf = new Int32Array(rows.n);
  set.order.forEach((sample, position) => (positionOf[sample] = position));
  const found = queries.filter((query) => lists.lowest[positionOf[query]!]! < Infinity);
  if (found.length === 0) throw new RangeError('retrieval: needs a query with a relevant reference, got none');
  return { queries: found, ranks: Array.from(found, (query) => ranksOf(lists, ahead, positionOf[query]!)) };
}

/** 1 for each of the given samples. */
function chosen(what: string, indices: Int32Array | undefined, n: number): Uint8Array {
  const mask = new Uint8Array(n);
  if (indices === undefined) return mask.fill(1);
  for (const index of indices) {
    if (index < 0 || index >= n) throw new RangeError(`retrieval: ${what} must be indices in [0, ${n}), got ${index}`);
    mask[index] = 1;
  }
  return mask;
}

function relevance({ cameras, sources }: RetrievalInput, searches: Uint8Array, searched: Uint8Array): IsRelevant {
  const shares = (a: number, b: number): boolean => sources !== undefined && sources[a]!.some((source) => sources[b]!.includes(source));
  return (query, reference) =>
    searches[query] === 1 &&
    searched[reference] === 1 &&
    (cameras === undefined || cameras[query] !== cameras[reference]) &&
    !shares(query, reference);
}

/** For every place of every list how many references of other classes stand between the relevant one before it and it. */
function countAhead(set: ClassRows, lists: RelevantLists, searched: Uint8Array, measure: Measure): Int32Array {
  const { starts, lowest } = lists;
  const { order } = set;
  const ahead = new Int32Array(starts[set.rows.n]!);
  const count = (query: number, reference: number, value: number): void => {
    const sample = order[reference]!;
    if (searched[sample] === 0) return;
    const at = starts[query]! + placeInList(lists, query, value, sample);
    if (at < starts[query + 1]!) ahead[at]!++;
  };
  forEachOtherRun(set, ({ first, from, to, values, offset }) => {
    const own = lowest[first]!;
    for (let second = from; second < to; second++) {
      const value = values[offset + second]!;
      if (value >= own) count(first, second, value);
      if (value >= lowest[second]!) count(second, first, value);
    }
  }, measure);
  return ahead;
}

function ranksOf({ starts }: RelevantLists, ahead: Int32Array, position: number): Int32Array {
  let passed = 0;
  return ahead.slice(starts[position], starts[position + 1]).map((between, at) => (passed += between) + at + 1);
}
