import { atTestTime, exitNetwork } from '@hypersphere/backbones';
import { cosineMatrix } from '@hypersphere/core-losses';
import type { ExampleSet, ImageSet, LoadedData } from '@hypersphere/data';
import { angleStatistics, evaluateEmbeddings, normAgainstSize, topKAccuracy, type MetricName, type MetricValue } from '@hypersphere/evaluation';
import { embed, type Snapshot, type TrainResult } from '@hypersphere/training';
import * as tf from '@tensorflow/tfjs';

import { noiseMetrics } from './measure-noise';
import type { PlannedRun } from './plan';
import type { EvaluationConfig } from './run-config';

export interface Measured {
  readonly metrics: Readonly<Record<string, MetricValue>>;
  /** Data of figures. */
  readonly series: Readonly<Record<string, unknown>>;
}

/** Metrics whose bootstrap replicates are kept, so that seeds and classes can be resampled together. */
const KEPT_REPLICATES: readonly MetricName[] = ['verification.tarAtFar1e-3', 'verification.accuracy', 'identification.rank1', 'verification.tarAtFar1e-4SameGroup'];

/** Equal for all variants: pairs, distractors and classes are drawn from it. */
export const EVALUATION_SEED = 0;

/** All metrics of a trained run, once, from its last step. */
export function measureRun(whole: TrainResult, data: LoadedData, { config }: PlannedRun): Measured {
  const { evaluation } = config;
  const trained = asMeasured(whole, evaluation);
  const options = { mirror: evaluation.mirror };
  const set = evaluation.split === 'test' ? data.test : data.validation;
  const dim = trained.network.embeddingDim * (evaluation.mirror === 'concat' ? 2 : 1);
  const embeddings = embed(trained.network, trained, set, options);
  const prototypes = hostPrototypes(trained, data.train.classes);
  const distractors = evaluation.kind === 'open-set' && evaluation.split === 'test' && data.distractors !== undefined ? embed(trained.network, trained, data.distractors, options) : undefined;
  const result = evaluateEmbeddings({
    embeddings,
    dim,
    labels: set.labels,
    ...(set.groups === undefined ? {} : { groups: set.groups }),
    ...(distractors === undefined ? {} : { distractors }),
    seed: EVALUATION_SEED,
    replicates: evaluation.replicates,
    perFold: evaluation.pairsPerFold,
    clustered: evaluation.clustered ?? false,
    ...(evaluation.cameras === undefined || set.groups === undefined ? {} : { cameras: set.groups }),
    ...(evaluation.reranking === undefined ? {} : { reranking: evaluation.reranking }),
    ...(evaluation.testTime?.beta === undefined ? {} : { measure: 'euclidean' }),
  });
  const training = trainingGeometry(trained, data.train, { prototypes });
  const closedSet = evaluation.kind === 'geometry' && prototypes !== undefined && set.classes === data.train.classes ? { 'classification.top1': { value: closedSetAccuracy(embeddings, set.labels, prototypes) } } : {};
  return {
    metrics: { ...result.metrics, ...training.metrics, ...closedSet },
    series: {
      ...result.series,
      replicates: keptReplicates(result, KEPT_REPLICATES),
      ...training.series,
      ...keptEmbeddings({ embeddings, dim, labels: set.labels }, evaluation.keepEmbeddings, prototypes),
    },
  };
}

/** Those that were drawn, of the metrics named. */
export function keptReplicates({ replicates }: Pick<ReturnType<typeof evaluateEmbeddings>, 'replicates'>, names: readonly MetricName[]): Record<string, unknown> {
  return Object.fromEntries(names.flatMap((name) => (replicates[name] === undefined ? [] : [[name, replicates[name]]])));
}

/** What the learning curve shows of validation classes, of all exits together; draws nothing, changes nothing. */
export function measureOpenSetSummary({ network, parameters, statistics }: Snapshot, validation: ImageSet): Record<string, number> {
  const embeddings = embed(network, { parameters, statistics }, validation);
  const { metrics } = evaluateEmbeddings({ embeddings, dim: network.embeddingDim, labels: validation.labels, seed: EVALUATION_SEED, replicates: 0 });
  const names: readonly MetricName[] = ['retrieval.mapAtR', 'verification.tarAtFar1e-3'];
  return Object.fromEntries(names.flatMap((name) => (metrics[name] === undefined ? [] : [[name, metrics[name].value]])));
}

/** The network as the config embeds with it after training: changed, one exit alone, or as it is. */
function asMeasured(trained: TrainResult, { exit, testTime }: EvaluationConfig): TrainResult {
  if (testTime !== undefined) return { ...trained, network: atTestTime(trained.network, testTime) };
  return exit === undefined ? trained : { ...trained, network: exitNetwork(trained.network, exit) };
}

export interface Rows {
  readonly values: Float32Array;
  readonly count: number;
  readonly dim: number;
}

/** One prototype a class; none for losses without, or with several, or where only a part of the embedding is measured. */
export function hostPrototypes({ network, lossParameters }: TrainResult, classes: number): Rows | undefined {
  const prototypes = lossParameters['prototypes'];
  const [count, dim] = prototypes?.shape ?? [];
  if (prototypes === undefined || count !== classes || dim !== network.embeddingDim) return undefined;
  return { values: prototypes.dataSync<'float32'>(), count, dim };
}

export interface TrainingGeometry {
  readonly prototypes?: Rows | undefined;
  /** Of the training set, from this network; made if they are not at hand. */
  readonly embeddings?: Float32Array;
}

/** Angles within and between the classes of training, and to their prototypes; norms against class sizes. */
export function trainingGeometry(trained: TrainResult, train: ExampleSet, { prototypes, embeddings = embed(trained.network, trained, train) }: TrainingGeometry = {}): Measured {
  const dim = trained.network.embeddingDim;
  const angles = angleStatistics({ embeddings, dim, labels: train.labels, ...(prototypes === undefined ? {} : { prototypes: prototypes.values }) });
  const sizes = classSizes(train);
  const uneven = Math.max(...sizes) > Math.min(...sizes);
  return {
    metrics: {
      'geometry.trainIntraAngle': { value: angles.intra },
      'geometry.trainInterAngle': { value: angles.inter },
      ...(angles.prototypeCentre === undefined ? {} : { 'geometry.prototypeCentreAngle': { value: angles.prototypeCentre } }),
      ...(angles.prototypeInter === undefined ? {} : { 'geometry.prototypeInterAngle': { value: angles.prototypeInter } }),
      ...noiseFound(trained, train, embeddings),
    },
    series: prototypes === undefined || !uneven ? {} : { classNorms: classNorms(prototypes, sizes) },
  };
}

/** Where labels are partly wrong and known to be, and every class has as many prototypes as the others. */
function noiseFound({ network, lossParameters }: TrainResult, train: ExampleSet, embeddings: Float32Array): ReturnType<typeof noiseMetrics> {
  const prototypes = lossParameters['prototypes'];
  const [rows = 0, dim] = prototypes?.shape ?? [];
  const noisy = 'noisy' in train ? train.noisy : undefined;
  if (noisy === undefined || prototypes === undefined || rows % train.classes !== 0 || dim !== network.embeddingDim) return {};
  return noiseMetrics({ embeddings, labels: train.labels, prototypes: prototypes.dataSync<'float32'>(), dim, subCentres: rows / train.classes }, noisy);
}

function classSizes({ labels, classes }: ExampleSet): number[] {
  const sizes = new Array<number>(classes).fill(0);
  labels.forEach((label) => (sizes[label] = (sizes[label] ?? 0) + 1));
  return sizes;
}

function classNorms({ values, dim }: Rows, sizes: readonly number[]): { classes: { size: number; norm: number }[]; spearman: number } {
  const norms = sizes.map((_, row) => Math.hypot(...values.subarray(row * dim, (row + 1) * dim)));
  return {
    classes: sizes.map((size, row) => ({ size, norm: rounded(norms[row] ?? 0) })),
    spearman: rounded(normAgainstSize({ prototypes: values, dim, sizes }).spearman),
  };
}

/** Share of images whose own prototype is the nearest by cosine; margins play no part in it. */
function closedSetAccuracy(embeddings: Float32Array, labels: Int32Array, { values, count, dim }: Rows): number {
  const cosines = tf.tidy(() => cosineMatrix(tf.tensor2d(embeddings, [labels.length, dim]), tf.tensor2d(values, [count, dim])));
  try {
    return topKAccuracy(cosines, labels);
  } finally {
    cosines.dispose();
  }
}

/** The first embeddings of the set and all prototypes, for figures in two and three dimensions. */
function keptEmbeddings({ embeddings, dim, labels }: { embeddings: Float32Array; dim: number; labels: Int32Array }, keep: number, prototypes: Rows | undefined): Record<string, unknown> {
  if (keep === 0 || dim > 3) return {};
  const rows = (values: Float32Array, count: number) => Array.from({ length: count }, (_, row) => Array.from(values.subarray(row * dim, (row + 1) * dim), rounded));
  const count = Math.min(keep, labels.length);
  return {
    embeddings: { dim, points: rows(embeddings, count), labels: Array.from(labels.subarray(0, count)) },
    ...(prototypes === undefined ? {} : { prototypes: { dim, points: rows(prototypes.values, prototypes.count) } }),
  };
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
