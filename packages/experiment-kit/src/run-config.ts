import type { BackboneConfig, TestTimeOptions } from '@hypersphere/backbones';
import type { LossConfig } from '@hypersphere/core-losses';
import type { DataConfig } from '@hypersphere/data';
import type { Reranking } from '@hypersphere/evaluation';
import type { Execution, OptimiserConfig, ScheduleConfig } from '@hypersphere/training';

/** What is measured after training, and what is kept for figures. */
export interface EvaluationConfig {
  /**
   * `open-set`: verification, identification and retrieval among classes that were never trained.
   * `geometry`: the classes of training, for figures in 2 and 3 dimensions; angles, norms and closed-set accuracy.
   * `probe`: the classes of training, by a linear classifier on frozen features of the encoder, and by the network's own where it
   * has one.
   * `authorship`: episodes of posts search each other, and the older half.
   */
  readonly kind: 'open-set' | 'geometry' | 'probe' | 'authorship';
  /** `validation` serves tuning and learning curves; `test` is computed once, from the last checkpoint. */
  readonly split: 'validation' | 'test';
  /** Pairs of each kind in each of the ten verification folds. LFW: 300. */
  readonly pairsPerFold: number;
  /** Bootstrap replicates over classes for the interval of each metric; 0 leaves the intervals out. */
  readonly replicates: number;
  /** What to do with the mirrored image: leave it out, add its embedding (ArcFace), or put it behind (SphereFace, CosFace). */
  readonly mirror: 'none' | 'sum' | 'concat';
  /** Keep this many embeddings (and the prototypes) in the record, for the figures in 2 and 3 dimensions. */
  readonly keepEmbeddings: number;
  /** Points of the learning curve at which the validation split is measured. */
  readonly validationPoints: number;
  /** Measure this exit of the network alone, from 1, in the order in which they lie side by side. Absent: all together. The learning curve is of all together. */
  readonly exit?: number;
  /** Cluster the embeddings too, for NMI and F1. Absent where that is not wanted. */
  readonly clustered?: true;
  /**
   * Change the trained network before it is measured, as Group Loss++ does. With `beta` retrieval and re-identification order by
   * the distance of embeddings as they are, since cosines would not notice. The learning curve stays that of the network as trained.
   */
  readonly testTime?: TestTimeOptions;
  /** Measure re-identification too: the group of an image is its camera. Left out where the data has no groups. */
  readonly cameras?: 'groups';
  /** Measure retrieval after k-reciprocal re-ranking, and re-identification before and after it. */
  readonly reranking?: Required<Reranking>;
  /** With `kind: 'authorship'`: episodes of the batches that the padded gallery is filled up to. Absent: those of training. */
  readonly paddingBatch?: number;
  /** With `kind: 'probe'`, and only then. */
  readonly probe?: ProbeConfig;
}

/** The second stage of two-stage training, and what the classifier is tried on besides test images. */
export interface ProbeConfig {
  /** Layer of the backbone whose values are the features: `pool`, in front of the embedding or projection. */
  readonly features: string;
  /** What `classification.top1` is measured of: the loss's own classifier where it is softmax, or the probe throughout. */
  readonly classifier: 'own' | 'probe';
  /** Candidates; the best on held-out images is taken. */
  readonly learningRates: readonly number[];
  readonly epochs: number;
  readonly batchSize: number;
  /** Test images that are corrupted, each in every way at every severity; 0 leaves corruptions out, as a search does. */
  readonly corruptedImages: number;
}

/** What besides a run's numbers decides its bits, and so belongs to its identity: threads, mode, precision and compiler of its steps. */
export interface ExecutionConfig extends Execution {
  /** Threads of TensorFlow. */
  readonly threads: number;
  /** Recorded steps are compiled with XLA. Absent where they are not. */
  readonly xla?: true;
}

/** A first stage of the training, on the same images and network. */
export interface PretrainingConfig {
  readonly loss: LossConfig;
  readonly optimiser: OptimiserConfig;
  readonly schedule: ScheduleConfig;
}

/** Everything a run depends on besides its seed; plain JSON. */
export interface RunConfig {
  readonly data: DataConfig;
  readonly backbone: BackboneConfig;
  /** Where there is one, the main stage starts from the network and the classifier that it leaves. */
  readonly pretraining?: PretrainingConfig;
  readonly loss: LossConfig;
  readonly optimiser: OptimiserConfig;
  readonly schedule: ScheduleConfig;
  readonly evaluation: EvaluationConfig;
  readonly execution: ExecutionConfig;
}

export type Section = keyof RunConfig;

export const SECTIONS: readonly Section[] = ['data', 'backbone', 'pretraining', 'loss', 'optimiser', 'schedule', 'evaluation', 'execution'];
