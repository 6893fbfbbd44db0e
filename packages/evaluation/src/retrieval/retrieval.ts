import { queryRanks, type QueryRanks, type RetrievalInput } from './ranks';
import { retrievalScores, type RetrievalScore } from './scores';

/** Mean over queries of every retrieval score, shares in [0, 1], and the number of queries. */
export type Retrieval = Readonly<Record<RetrievalScore, number>> & { readonly queries: number };

/**
 * Retrieval of all samples among all the others: R@K, R-precision, MAP@R, mAP, MRR, mINP.
 *
 * The query is excluded by index; ties go by index; samples without a relevant reference (single-image classes) are
 * no queries but stay references of the others.
 *
 * @throws RangeError if there is no query at all
 */
export function retrieval(input: RetrievalInput): Retrieval {
  return meanScores(queryRanks(input));
}

/** The same from ranks that are at hand. */
export function meanScores({ queries, ranks }: QueryRanks): Retrieval {
  const names = Object.keys(retrievalScores) as RetrievalScore[];
  const means = names.map((name) => {
    const score = retrievalScores[name];
    return [name, ranks.reduce((sum, own) => sum + score(own), 0) / ranks.length] as const;
  });
  return { ...(Object.fromEntries(means) as Record<RetrievalScore, number>), queries: queries.length };
}
