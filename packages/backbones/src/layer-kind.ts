import type * as tf from '@tensorflow/tfjs';

import type { InitialValue } from './initial-value';
import type { Layer, Shape } from './network';

/** Group that decides whether weight decay applies to a parameter. */
export type DecayGroup = 'weight' | 'normalisation' | 'bias' | 'prelu';

/** A trainable tensor of one layer. */
export interface LayerParameter {
  /** `kernel`, `bias`, `gamma`, `beta` or `alpha`. */
  readonly name: string;
  readonly shape: Shape;
  readonly decay: DecayGroup;
  readonly learningRateMultiplier: number;
  readonly initial: InitialValue;
}

/** A tensor without a gradient: training moves mean and variance, and leaves what is frozen as it is. */
export interface LayerStatistic {
  readonly name: 'mean' | 'variance' | 'gamma' | 'beta';
  readonly shape: Shape;
  readonly initial: number;
}

/** Mean and unbiased variance `[c]` of one batch. */
export type ObservedStatistics = { readonly mean: tf.Tensor; readonly variance: tf.Tensor };

/** A type, not an interface, so that it can leave `tf.tidy`. */
export type LayerResult = { readonly value: tf.Tensor; readonly observed?: ObservedStatistics };

/** What a layer may use while it is applied. */
export interface LayerContext {
  /** Parameter or statistic of this layer by its short name. */
  readonly read: (name: string) => tf.Tensor;
  readonly training: boolean;
  /** Keep-mask of this layer, 1 or 0. */
  readonly mask: () => tf.Tensor;
}

/** All that the interpreters need to know about one kind of layer. */
export interface LayerKind<L extends Layer> {
  readonly outputShape: (layer: L, inputs: readonly Shape[]) => Shape;
  readonly parameters?: (layer: L, inputs: readonly Shape[]) => readonly LayerParameter[];
  readonly statistics?: (layer: L, inputs: readonly Shape[]) => readonly LayerStatistic[];
  /** Multiply-adds of one example. Layers without a kernel count as 0. */
  readonly multiplyAdds?: (layer: L, inputs: readonly Shape[]) => number;
  readonly apply: (layer: L, inputs: readonly tf.Tensor[], context: LayerContext) => LayerResult;
  readonly stock: (layer: L, inputs: readonly tf.SymbolicTensor[]) => tf.SymbolicTensor;
  /** Weights in the order and shape of the stock layer of the same name. */
  readonly stockWeights?: (layer: L, read: (name: string) => tf.Tensor) => tf.Tensor[];
}
