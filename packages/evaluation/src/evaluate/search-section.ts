import { weightedMeans } from '../bootstrap/weighted-mean';
import { classOrder } from '../classes';
import { identification, rankShare } from '../identification/identification';
import type { Section } from '../metrics/metric-value';
import { queryRanks, type QueryRanks, type RetrievalInput } from '../retrieval/ranks';
import { rerankedRanks } from '../retrieval/reranked-ranks';
import { retrievalScores, type RetrievalScore } from '../retrieval/scores';
import { mean } from '../statistics/summary';
import { collector } from './measured';
import type { Evaluation } from './options';

/** All samples among all the others, whatever their cameras and sources. */
const retrievalOf = ({ embeddings, dim, labels, measure }: Evaluation): RetrievalInput => ({ embeddings, dim, labels, ...(measure && { measure }) });

function ranksOf(evaluation: Evaluation): QueryRanks {
  const input = retrievalOf(evaluation);
  const { reranking } = evaluation;
  return reranking === undefined ? queryRanks(input) : rerankedRanks(input, reranking);
}

/** Retrieval among all samples, of the re-ranked lists where that is asked for. */
export function retrievalSection(evaluation: Evaluation): Section {
  const { queries, ranks } = ranksOf(evaluation);
  const samples = classOrder(evaluation.labels).classOf;
  const classOf = queries.map((query) => samples[query]!);
  const found = collector(evaluation.multiplicities);
  for (const name of Object.keys(retrievalScores) as RetrievalScore[]) {
    const values = ranks.map(retrievalScores[name]);
    const replicates = weightedMeans({ values, classOf }, evaluation.multiplicities);
    found.add(`retrieval.${name}`, mean(values), { n: queries.length, replicates });
  }
  return found.section();
}

/** Ranks at which the cumulative match characteristic is given. */
const CMC_RANKS = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100];
const REPORTED = [1, 5, 10] as const;

/** Identification among distractors; nothing without them. */
export function identificationSection(evaluation: Evaluation): Section {
  const { distractors, multiplicities } = evaluation;
  const found = collector(evaluation.multiplicities);
  if (distractors === undefined) return found.section();
  const result = identification({ ...evaluation, distractors });
  for (const k of REPORTED) {
    const values = result.rank.map((rank) => (rank <= k ? 1 : 0));
    const replicates = weightedMeans({ values, classOf: result.classOf }, multiplicities);
    found.add(`identification.rank${k}`, rankShare(result, k), { n: values.length, replicates });
  }
  return found.section({
    cmc: { rank: CMC_RANKS, share: CMC_RANKS.map((k) => rankShare(result, k)), distractors: result.distractors },
    distractors: {
      distractors: result.curve.map((point) => point.distractors),
      rank1: result.curve.map((point) => point.rank1),
    },
  });
}
