import type * as tf from '@tensorflow/tfjs';

import type { LossOutput, UndividedLossOutput } from './loss-output';
import type { OptionSpecs, ResolvedOptions } from './options/option-specs';

/** A tensor that a loss needs, before it exists. */
export interface TensorSpec {
  readonly shape: readonly number[];
  /** Start values. `xavierUniform`: uniform in +-sqrt(6 / (fan in + fan out)); `normal`: standard deviation around 0. */
  readonly initial: 'zeros' | 'ones' | 'xavierUniform' | { readonly normal: number };
  /** Whether weight decay applies. */
  readonly decay: boolean;
}

export type TensorSpecs = Readonly<Record<string, TensorSpec>>;

/** Random numbers that a loss is fed anew each step, since it draws none itself. */
export interface DrawSpec {
  readonly shape: readonly number[];
  /** `uniform` in [0, 1); `normal` with mean 0 and variance 1. */
  readonly distribution: 'uniform' | 'normal';
}

export type DrawSpecs = Readonly<Record<string, DrawSpec>>;

export interface LossInput<S extends OptionSpecs = OptionSpecs> {
  /** float32 `[n, d]`. */
  readonly embeddings: tf.Tensor2D;
  /** int32 `[n]`. */
  readonly labels: tf.Tensor1D;
  /** One tensor for each of the entry's `parameters`. */
  readonly parameters: Readonly<Record<string, tf.Tensor>>;
  /** One tensor for each of the entry's `state`; the last step's output. */
  readonly state: Readonly<Record<string, tf.Tensor>>;
  /** Scalars of this step, for the names in the entry's `annealed`. A name left out takes its option's value. */
  readonly annealed: Readonly<Record<string, tf.Scalar>>;
  /** One float32 tensor for each of the entry's `draws`, of this step. */
  readonly draws: Readonly<Record<string, tf.Tensor>>;
  readonly options: ResolvedOptions<S>;
}

/** A loss as configurations and the training loop see it. */
export interface LossEntry<S extends OptionSpecs = OptionSpecs> {
  /** Plain data, one spec an option. */
  readonly options: S;
  /** `prototypes`: labels index trained rows or centres, any batch will do. `pairs`: batches need several examples a class. */
  readonly uses: 'prototypes' | 'pairs';
  /** Parameters with one row a class, of a loss that is defined on any of the classes and so can be trained on a sample of them. */
  readonly classRows?: readonly string[];
  /** Trainable tensors of the loss itself. */
  parameters(classes: number, dim: number, options: ResolvedOptions<S>): TensorSpecs;
  /** Values carried from step to step, not trained. */
  state?(classes: number, dim: number, options: ResolvedOptions<S>): TensorSpecs;
  /** Names of scalars that the schedule may feed each step. */
  readonly annealed?: readonly string[];
  /** Random numbers that each step is fed, for a batch of `n`. */
  draws?(n: number, dim: number, options: ResolvedOptions<S>): DrawSpecs;
  /** Throws a RangeError where options exclude each other. */
  check?(options: ResolvedOptions<S>): void;
  apply(input: LossInput<S>): LossOutput | UndividedLossOutput;
}

/** Gives an entry the types of its own options. */
export function defineLoss<const S extends OptionSpecs>(entry: LossEntry<S>): LossEntry<S> {
  return entry;
}

/**
 * One prototype row a class, started Xavier-uniform as SphereFace and CosFace do. ArcFace's code starts them normal with
 * 0.01: the direction is as random, but short rows turn faster, so losses that are compared start alike.
 */
export function prototypeRows(classes: number, dim: number): TensorSpecs {
  return { prototypes: { shape: [classes, dim], initial: 'xavierUniform', decay: true } };
}
