import { layerShapes } from './layer-shapes';
import type { InputSize, Layer, Network } from './network';

/** A growing list of layers; `append` gives the name back, so that builders read like the network. */
export interface LayerList {
  readonly layers: readonly Layer[];
  append(layer: Layer): string;
}

export function layerList(): LayerList {
  const layers: Layer[] = [];
  return {
    layers,
    append: (layer) => {
      layers.push(layer);
      return layer.name;
    },
  };
}

/**
 * Closes a list into a checked network.
 *
 * @param output layer whose value is the embedding
 * @throws RangeError if the images are too small for the layers
 */
export function finishNetwork(name: string, input: InputSize, layers: readonly Layer[], output: string): Network {
  const end = layerShapes({ name, input, layers }).find(({ layer }) => layer.name === output);
  const [embeddingDim] = end?.output ?? [];
  if (embeddingDim === undefined || end?.output.length !== 1) {
    throw new RangeError(`${name}: output '${output}' must be a layer with a vector, got [${end?.output.join(',') ?? ''}]`);
  }
  return { name, input, layers, output, embeddingDim };
}
