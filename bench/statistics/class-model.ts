import { evaluateEmbeddings, type MetricName, type Metrics } from '@hypersphere/evaluation';
import type { RandomStream } from '@hypersphere/engine';

const DIM = 8;
const IMAGES = 5;
/** As in the lab, where all evaluations draw the same classes. */
const EVALUATION_SEED = 0;

/** Metrics of pairs, whose truth is that of all pairs there could be. */
export const ofPairs = ['verification.tarAtFar1e-2', 'verification.tarAtFar1e-3', 'verification.auc', 'verification.eer'] as const satisfies readonly MetricName[];
/** Metrics that depend on how many classes there are: the truth is the mean over many test sets of that size. */
export const ofSets = ['verification.accuracy', 'retrieval.recallAt1', 'retrieval.mapAtR'] as const satisfies readonly MetricName[];

/** How far images lie from the centre of their class; it differs from class to class. */
export interface Model {
  readonly name: string;
  readonly spread: number;
  /** Of the logarithm of a class's spread: hard and easy classes. */
  readonly uneven: number;
}

export const MODELS: readonly Model[] = [
  { name: 'easy and hard classes', spread: 0.45, uneven: 0.4 },
  { name: 'metrics near 100 %', spread: 0.22, uneven: 0.4 },
];

export interface TestSet {
  readonly model: Model;
  readonly classes: number;
  /** Of the bootstrap over classes. */
  readonly replicates: number;
}

/** Metrics of one run on one test set. */
export function evaluated(random: RandomStream, { model, classes, replicates }: TestSet): Metrics {
  const embeddings = new Float32Array(classes * IMAGES * DIM);
  for (let k = 0; k < classes; k++) {
    const image = drawClass(random, model);
    for (let at = 0; at < IMAGES; at++) embeddings.set(image(), (k * IMAGES + at) * DIM);
  }
  const labels = Int32Array.from({ length: classes * IMAGES }, (_, at) => Math.floor(at / IMAGES));
  return evaluateEmbeddings({ embeddings, dim: DIM, labels, seed: EVALUATION_SEED, replicates, perFold: 60 }).metrics;
}

/** A new class: a function that draws an image of it. */
export function drawClass(random: RandomStream, { spread, uneven }: Model): () => Float32Array {
  const centre = Float32Array.from({ length: DIM }, () => random.normal());
  const own = spread * Math.exp(uneven * random.normal());
  return () => centre.map((value) => value + own * random.normal());
}
