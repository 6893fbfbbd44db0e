import { labelledRows, type Rows } from '../checks';
import { rerank, type Reranking } from '../reranking/rerank';
import { takeRows } from '../similarity/unit-rows';
import type { QueryRanks, RetrievalInput } from './ranks';
import { ranksInRow } from './ranks-in-row';

/**
 * Ranks after k-reciprocal re-ranking, where there are cameras by the camera rule: from them follow CMC@k (`recallAt`: the share of queries with
 * a hit among the first k), mAP and mINP of `retrievalScores`. Queries without a relevant reference are left out, equally
 * near references are ordered by index, and a query that is in the gallery is not searched for. Where queries and gallery share samples, both
 * copies take part in the search for neighbours.
 *
 * @throws RangeError if no query has a relevant reference
 * @see Ye et al., Deep Learning for Person Re-identification, https://arxiv.org/abs/2001.04193 (mINP)
 */
export function rerankedRanks(input: RetrievalInput, options: Reranking = {}): QueryRanks {
  const { labels, cameras, measure } = input;
  const rows = labelledRows('reidentification', input, cameras);
  const all = Int32Array.from(labels.keys());
  const searching = (input.queries ?? all).slice().sort();
  const gallery = (input.gallery ?? all).slice().sort();
  const taken = (of: Int32Array): Rows => takeRows(rows, of);
  const found: number[] = [];
  const ranks: Int32Array[] = [];
  rerank({
    ...options,
    queries: taken(searching).values,
    gallery: taken(gallery).values,
    dim: rows.dim,
    ...(measure && { measure }),
    onQuery(at, distances) {
      const query = searching[at]!;
      const own = Int32Array.from(gallery.keys()).filter((reference) => labels[gallery[reference]!] === labels[query]);
      const relevant = own.filter((reference) => gallery[reference] !== query && (cameras === undefined || cameras[gallery[reference]!] !== cameras[query]));
      if (relevant.length === 0) return;
      found.push(query);
      ranks.push(ranksInRow(distances.map((distance) => -distance), relevant, own));
    },
  });
  if (found.length === 0) throw new RangeError('reidentification: needs a query with a relevant reference, got none');
  return { queries: Int32Array.from(found), ranks };
}
