import type { LoadedRows, RowSet } from '@hypersphere/data';
import { randomStream } from '@hypersphere/engine';
import { evaluateEmbeddings, queryRanks, retrievalScores, type MetricName } from '@hypersphere/evaluation';
import { embed, type Snapshot, type TrainResult } from '@hypersphere/training';

import { EVALUATION_SEED, hostPrototypes, keptReplicates, trainingGeometry, type Measured } from './measure-run';
import type { PlannedRun } from './plan';

/** Metrics whose bootstrap replicates are kept, so that seeds and authors can be resampled together. */
const KEPT_REPLICATES: readonly MetricName[] = ['authorship.mrr', 'authorship.recallAt10'];

/** Episodes with their embeddings, row after row. */
export interface Embedded {
  readonly embeddings: Float32Array;
  readonly dim: number;
  /** `[n]` */
  readonly labels: Int32Array;
}

/**
 * Authorship of a run trained on posts: episodes search each other without those of their own threads; beside it the search of the
 * older half (those that trained), and of a gallery padded as the released evaluation does. `retrieval.*` leaves own threads in.
 * Series hold numbers alone, and none of a single author.
 */
export function measureAuthorship(trained: TrainResult, data: LoadedRows, { config }: PlannedRun): Measured {
  const { evaluation, schedule } = config;
  const set = data[evaluation.split];
  const found = embedded(trained, set);
  const result = evaluateEmbeddings({ ...found, sources: set.sources, seed: EVALUATION_SEED, replicates: evaluation.replicates, perFold: evaluation.pairsPerFold, clustered: evaluation.clustered ?? false });
  const trainedOn = embedded(trained, data.train);
  const training = trainingGeometry(trained, data.train, { prototypes: hostPrototypes(trained, data.train.classes), embeddings: trainedOn.embeddings });
  const older = olderMrr({ ...trainedOn, labels: authorsOf(data.train) }, { ...found, labels: authorsOf(set) });
  return {
    metrics: {
      ...result.metrics,
      ...training.metrics,
      ...(older === undefined ? {} : { 'authorship.olderMrr': { value: older } }),
      'authorship.paddedMrr': { value: paddedMrr(found, evaluation.paddingBatch ?? schedule.batchSize) },
    },
    series: { ...result.series, replicates: keptReplicates(result, KEPT_REPLICATES) },
  };
}

/** What the learning curve shows of validation episodes; draws nothing, changes nothing. */
export function measureAuthorshipSummary({ network, parameters, statistics }: Snapshot, set: RowSet): Record<string, number> {
  const embeddings = embed(network, { parameters, statistics }, set);
  return { 'authorship.mrr': mrr(queryRanks({ embeddings, dim: network.embeddingDim, labels: set.labels, sources: set.sources }).ranks) };
}

const embedded = (trained: TrainResult, set: RowSet): Embedded => ({ embeddings: embed(trained.network, trained, set), dim: trained.network.embeddingDim, labels: set.labels });
const authorsOf = ({ labels, authors }: RowSet): Int32Array => labels.map((label) => authors[label] ?? -1);
const mrr = (ranks: readonly Int32Array[]): number => ranks.reduce((sum, one) => sum + retrievalScores.mrr(one), 0) / ranks.length;

/**
 * MRR of newer episodes that search the older ones; equal labels are the same author in both.
 *
 * @returns nothing if no author is in both
 */
export function olderMrr(older: Embedded, newer: Embedded): number | undefined {
  const [first, count] = [older.labels.length, newer.labels.length];
  const known = new Set(older.labels);
  if (!newer.labels.some((label) => known.has(label))) return undefined;
  const { ranks } = queryRanks({
    ...joined(older, newer),
    queries: Int32Array.from({ length: count }, (_, at) => first + at),
    gallery: Int32Array.from({ length: first }, (_, at) => at),
  });
  return mrr(ranks);
}

/**
 * MRR as SYSML's released evaluation computes it: the last batch is filled up with episodes drawn again, which stay in the gallery,
 * so that a repeated query finds its own copy. Threads of the query stay in.
 *
 * @param batch episodes of a batch, in the released evaluation those of training
 * @see https://github.com/pranavmaneriker/SYSML
 */
export function paddedMrr(rows: Embedded, batch: number): number {
  const count = rows.labels.length;
  const missing = (batch - (count % batch)) % batch;
  const order = randomStream(EVALUATION_SEED, 'pairs', 'padding').shuffle(Array.from({ length: count }, (_, at) => at));
  const again = Array.from({ length: missing }, (_, at) => order[at % count] ?? 0);
  const copies = { dim: rows.dim, labels: Int32Array.from(again, (at) => rows.labels[at] ?? 0), embeddings: new Float32Array(missing * rows.dim) };
  again.forEach((from, at) => copies.embeddings.set(rows.embeddings.subarray(from * rows.dim, (from + 1) * rows.dim), at * rows.dim));
  return mrr(queryRanks(joined(rows, copies)).ranks);
}

function joined(first: Embedded, second: Embedded): Embedded {
  const embeddings = new Float32Array(first.embeddings.length + second.embeddings.length);
  embeddings.set(first.embeddings);
  embeddings.set(second.embeddings, first.embeddings.length);
  return { embeddings, dim: first.dim, labels: Int32Array.from([...first.labels, ...second.labels]) };
}
