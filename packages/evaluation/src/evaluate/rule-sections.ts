import { weightedMeans } from '../bootstrap/weighted-mean';
import { classOrder } from '../classes';
import type { Section } from '../metrics/metric-value';
import type { MetricName } from '../metrics/registry';
import { queryRanks, type QueryRanks } from '../retrieval/ranks';
import { rerankedRanks } from '../retrieval/reranked-ranks';
import { retrievalScores, type RetrievalScore } from '../retrieval/scores';
import { mean } from '../statistics/summary';
import { collector, type Collector } from './measured';
import type { Evaluation } from './options';

/** Re-identification: references of the query's class and camera are not in its list; nothing without cameras. */
export function reidentificationSection(evaluation: Evaluation): Section {
  const { embeddings, dim, labels, cameras, measure, reranking, reranked = reranking !== undefined } = evaluation;
  const found = collector(evaluation.multiplicities);
  if (cameras === undefined) return found.section();
  const input = { embeddings, dim, labels, cameras, ...(measure && { measure }) };
  addScores(found, evaluation, queryRanks(input), {
    recallAt1: 'reidentification.cmc1', recallAt5: 'reidentification.cmc5', recallAt10: 'reidentification.cmc10', map: 'reidentification.map', minp: 'reidentification.minp',
  });
  if (reranked) {
    addScores(found, evaluation, rerankedRanks(input, reranking), {
      recallAt1: 'reidentification.rerankedCmc1', map: 'reidentification.rerankedMap', minp: 'reidentification.rerankedMinp',
    });
  }
  return found.section();
}

/** Authorship: episodes search the others; those of the same author that share a thread are not in the list. Nothing without sources. */
export function authorshipSection(evaluation: Evaluation): Section {
  const { embeddings, dim, labels, sources } = evaluation;
  const found = collector(evaluation.multiplicities);
  if (sources === undefined) return found.section();
  addScores(found, evaluation, queryRanks({ embeddings, dim, labels, sources }), {
    mrr: 'authorship.mrr', recallAt1: 'authorship.recallAt1', recallAt2: 'authorship.recallAt2', recallAt5: 'authorship.recallAt5', recallAt10: 'authorship.recallAt10',
  });
  return found.section();
}

function addScores(found: Collector, { labels, multiplicities }: Evaluation, { queries, ranks }: QueryRanks, names: Partial<Record<RetrievalScore, MetricName>>): void {
  const samples = classOrder(labels).classOf;
  const classOf = queries.map((query) => samples[query]!);
  for (const [score, name] of Object.entries(names) as [RetrievalScore, MetricName][]) {
    const values = ranks.map(retrievalScores[score]);
    found.add(name, mean(values), { n: queries.length, replicates: weightedMeans({ values, classOf }, multiplicities) });
  }
}
