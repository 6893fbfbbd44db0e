import type { EmbeddingsInput } from '../checks';
import type { EmbeddingBlocks } from '../similarity/embedding-blocks';

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
