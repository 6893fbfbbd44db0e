import type { ConfigOf } from './config';
import type { ImageSet } from './image-set';

/** Examples that are rows of one length: n episodes of posts as vectors of features or as token numbers. */
export interface RowSet {
  readonly kind: 'features' | 'tokens';
  /** `[n, size]`: float32 features, or int32 tokens, 0 for none. */
  readonly rows: Float32Array | Int32Array;
  readonly size: number;
  /** int32 `[n]`, 0 to classes - 1. */
  readonly labels: Int32Array;
  readonly classes: number;
  /** int32 `[classes]`: the author that each class is, the same number in every part. */
  readonly authors: Int32Array;
  /** For each example the threads that it was taken from. */
  readonly sources: readonly Int32Array[];
}

/** What a network can be trained on. */
export type ExampleSet = ImageSet | RowSet;

export const isRows = (set: ExampleSet): set is RowSet => 'rows' in set;

/** Shape of one example, without the batch. */
export const exampleShape = (set: ExampleSet): readonly number[] => (isRows(set) ? [set.size] : [set.height, set.width, set.channels]);

type InputSize = { readonly height: number; readonly width: number; readonly channels: number } | { readonly features: number } | { readonly tokens: number };

/** What a backbone is built for. */
export function inputSizeOf(set: ExampleSet): InputSize {
  if (!isRows(set)) return { height: set.height, width: set.width, channels: set.channels };
  return set.kind === 'features' ? { features: set.size } : { tokens: set.size };
}

/** The same, of the rows that a config of posts gives. */
export function rowInput({ features, episodeLength }: ConfigOf<'posts'>): { readonly features: number } | { readonly tokens: number } {
  return features.kind === 'ngrams' ? { features: features.features } : { tokens: features.tokens * episodeLength };
}
