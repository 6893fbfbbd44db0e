import type { EmbeddingsInput } from '../checks';
import type { Reranking } from '../reranking/rerank';
import type { EmbeddingBlocks } from '../similarity/embedding-blocks';
import type { Measure } from '../similarity/tiles';

export interface EvaluationInput {
  /** float32 `[n, d]`, any norm. */
  readonly embeddings: EmbeddingsInput;
  /** Length d; may be left out for a tensor. */
  readonly dim?: number;
  /** `[n]`. */
  readonly labels: Int32Array;
  /** `[n]`: nuisance group of each sample (the typeface, say); adds the `...SameGroup` metrics. */
  readonly groups?: Int32Array;
  /** float32 `[m, d]`: samples of classes in no other role; adds identification. */
  readonly distractors?: EmbeddingsInput | EmbeddingBlocks;
  /** float32 `[c, d]`, where these are the training classes themselves; adds W-EC and W-Inter. */
  readonly prototypes?: EmbeddingsInput;
  /** `[n]`: camera of each sample; adds re-identification by the camera rule. */
  readonly cameras?: Int32Array;
  /** Adds re-identification after k-reciprocal re-ranking (k1 = 20, k2 = 6, lambda = 0.3); needs cameras. */
  readonly reranked?: boolean;
  /** Retrieval is measured of re-ranked lists instead of the first ones, and re-identification of both. */
  readonly reranking?: Reranking;
  /** By what retrieval and re-identification order the others: cosine, the default, or the distance of embeddings as they are. */
  readonly measure?: Measure;
  /** For each sample, an episode of an author, the threads it was taken from; adds authorship. */
  readonly sources?: readonly Int32Array[];
  /** Adds agreement of k-means, as many clusters as classes, with the classes. */
  readonly clustered?: boolean;
  /** Seed of the pair list, the order of distractors and the bootstrap: the same for runs to be compared. */
  readonly seed: number;
  /** Bootstrap replicates over classes; 0 leaves intervals out. Default 200. */
  readonly replicates?: number;
  readonly folds?: number;
  /** Genuine pairs a fold, and as many impostor pairs. */
  readonly perFold?: number;
  /** Width of the bins of the angle histogram. Default 2. */
  readonly binDegrees?: number;
}

/** What all sections share. */
export interface Evaluation extends EvaluationInput {
  /** Class multiplicities, one `[c]` a replicate. */
  readonly multiplicities: readonly Float64Array[];
}
