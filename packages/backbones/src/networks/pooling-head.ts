import type { InitialValue } from '../initial-value';
import type { LayerList } from '../layer-list';
import { number } from '../option-spec';

/** Option of the networks that pool their last image. */
export const maxShare = number({
  default: 0,
  atLeast: 0,
  describe: 'share of the maximum in the global pool: 0 is the mean, 1 the maximum, between them both are mixed',
});

/** Option of the networks with an embedding layer that may be left out. */
export const embeddingDim = number({
  default: 0,
  atLeast: 0,
  integer: true,
  describe: 'length d of the embedding; 0 embeds by the pooled features themselves, without a layer',
});

/** Global pool `[h, w, c] -> [c]`. */
export function globalPool(list: LayerList, name: string, from: string, share: number): string {
  const inputs = [from];
  if (share === 0) return list.append({ kind: 'globalAveragePool', name, inputs });
  return list.append(share === 1 ? { kind: 'globalMaxPool', name, inputs } : { kind: 'mixedPool', name, inputs, share });
}

export interface LinearShape {
  /** 0 leaves the layer out. */
  readonly units: number;
  readonly bias: boolean;
  readonly initial: InitialValue;
}

/** The linear embedding, if there is one. */
export function linearEmbedding(list: LayerList, name: string, from: string, shape: LinearShape): string {
  return shape.units === 0 ? from : list.append({ kind: 'dense', name, inputs: [from], ...shape });
}
