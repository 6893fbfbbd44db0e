import type { InitialValue } from './initial-value';

/** Shape of one example, without the batch: `[h, w, c]` of an image, `[t, c]` of a sequence, `[d]` of a vector. */
export type Shape = readonly number[];

/** Size of one input image; height and width in pixels. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Length of one vector of features, float32. */
export interface FeatureSize {
  readonly features: number;
}

/** Length of one row of token numbers, int32 from 0; 0 is padding. */
export interface TokenSize {
  readonly tokens: number;
}

/** What enters a network: an image, a vector or a row of tokens. */
export type InputSize = ImageSize | FeatureSize | TokenSize;

/** Shape of one example of an input. */
export function inputShape(input: InputSize): Shape {
  if ('features' in input) return [input.features];
  return 'tokens' in input ? [input.tokens] : [input.height, input.width, input.channels];
}

/** Name that a layer's `inputs` use for what enters the network, images in most. */
export const IMAGES = 'images';

interface Placed<Kind extends string> {
  readonly kind: Kind;
  /** Unique in the network, without `/`. Its initial weights are drawn from a stream of this name. */
  readonly name: string;
  /** Names of earlier layers, or `images`. */
  readonly inputs: readonly string[];
}

/** Convolution with a square kernel; `padding` zeros on each of the four sides, as in Caffe and PyTorch. */
export type ConvLayer = Placed<'conv'> & {
  readonly filters: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly bias: boolean;
  readonly initial: InitialValue;
  /** Factor on the learning rate of the bias. 1 unless given. */
  readonly biasRate?: number;
};

/** A row of tokens to a sequence: one trained vector a token, `[t] -> [t, units]`; padding, token 0, is a vector of zeros. */
export type LookupLayer = Placed<'lookup'> & {
  /** Number of different tokens, the padding included. */
  readonly vocabulary: number;
  readonly units: number;
  readonly initial: InitialValue;
};

/** Convolution along a sequence, `[t, c] -> [t - kernel + 1, filters]`. */
export type Conv1dLayer = Placed<'conv1d'> & {
  readonly filters: number;
  readonly kernel: number;
  readonly bias: boolean;
  readonly initial: InitialValue;
  /** Factor on the learning rate of the bias. 1 unless given. */
  readonly biasRate?: number;
};

/** Largest value along a sequence, `[t, c] -> [c]`. */
export type MaxOverTimeLayer = Placed<'maxOverTime'>;

/** Linear map of a vector, `x K + b`. */
export type DenseLayer = Placed<'dense'> & {
  readonly units: number;
  readonly bias: boolean;
  readonly initial: InitialValue;
  /** Factor on the learning rate of the bias. 1 unless given. */
  readonly biasRate?: number;
};

/**
 * What of batch normalisation stays as it is while training: `statistics` normalises with the running mean and
 * variance, `all` keeps gamma and beta too, which then are no parameters.
 */
export type FrozenBatchNorm = 'none' | 'statistics' | 'all';

/** Batch normalisation over all axes but the last; `scale: false` fixes gamma to 1, which then is no parameter. */
export type BatchNormLayer = Placed<'batchNorm'> & {
  readonly epsilon: number;
  readonly scale: boolean;
  /** `none` unless given. */
  readonly frozen?: FrozenBatchNorm;
};

/** `max(x, 0)` */
export type ReluLayer = Placed<'relu'>;

/** `x > 0 ? x : slope x` with a fixed slope. */
export type LeakyReluLayer = Placed<'leakyRelu'> & { readonly slope: number };

/** `x > 0 ? x : a x` with one trainable `a` per channel. */
export type PreluLayer = Placed<'prelu'> & { readonly initial: number };

/** Sum of its inputs, which have one shape. */
export type AddLayer = Placed<'add'>;

/** Its inputs side by side along the last axis; all other axes are equal. */
export type ConcatLayer = Placed<'concat'>;

/** Image to vector in row, column, channel order (h, w, c), the channel changing fastest. */
export type FlattenLayer = Placed<'flatten'>;

/** Mean over height and width. */
export type GlobalAveragePoolLayer = Placed<'globalAveragePool'>;

/** Largest value over height and width. */
export type GlobalMaxPoolLayer = Placed<'globalMaxPool'>;

/** `share * maximum + (1 - share) * mean` over height and width. */
export type MixedPoolLayer = Placed<'mixedPool'> & { readonly share: number };

/** A square window that slides over an image. */
interface Pooled {
  readonly size: number;
  readonly stride: number;
  /** Pixels around the image that belong to the windows, on each of the four sides. 0 unless given. */
  readonly padding?: number;
  /** Windows that leave the image at the bottom or the right: dropped (`down`, unless given), or cut off (`up`). */
  readonly rounding?: 'down' | 'up';
}

/** Largest value of each window; padding never is the largest. */
export type MaxPoolLayer = Placed<'maxPool'> & Pooled;

/** Mean of each window; padding counts as zeros, what is cut off does not count. */
export type AveragePoolLayer = Placed<'averagePool'> & Pooled;

/** `v / |v| + beta v` of a vector; `beta` 0 is plain normalisation. */
export type PartialNormalisationLayer = Placed<'partialNormalisation'> & { readonly beta: number };

/** Sets a share `rate` of the values to 0 while training and divides the others by `1 - rate`. */
export type DropoutLayer = Placed<'dropout'> & { readonly rate: number };

export type Layer =
  | ConvLayer
  | DenseLayer
  | LookupLayer
  | Conv1dLayer
  | MaxOverTimeLayer
  | BatchNormLayer
  | ReluLayer
  | LeakyReluLayer
  | PreluLayer
  | AddLayer
  | ConcatLayer
  | FlattenLayer
  | GlobalAveragePoolLayer
  | GlobalMaxPoolLayer
  | MixedPoolLayer
  | MaxPoolLayer
  | AveragePoolLayer
  | PartialNormalisationLayer
  | DropoutLayer;

export type LayerKindName = Layer['kind'];

/** A network as plain data, `[n, ...input] -> [n, embeddingDim]`: it survives JSON, and holds no tensor. */
export interface Network {
  readonly name: string;
  readonly input: InputSize;
  /** In an order in which every layer stands behind its inputs. */
  readonly layers: readonly Layer[];
  /** Name of the layer whose value is the embedding. */
  readonly output: string;
  readonly embeddingDim: number;
  /** Parts of the embedding that are embeddings of their own, each as [first, behind the last]. None unless given. */
  readonly exits?: readonly Exit[];
}

/** Where an embedding lies in those side by side: first value, and the one behind the last. */
export type Exit = readonly [start: number, end: number];
