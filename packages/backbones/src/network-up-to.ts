import { layerShapes } from './layer-shapes';
import type { Layer, Network } from './network';

/**
 * The part of a network that computes one of its layers, for features in front of a head (linear probes) or one
 * exit of several. Layer names stay, so the parameters of the whole network serve it.
 *
 * @param output name of a layer whose value is a vector
 * @throws RangeError if there is no such layer or its value is an image
 */
export function networkUpTo(network: Network, output: string): Network {
  const placed = layerShapes(network);
  const end = placed.find(({ layer }) => layer.name === output);
  const vectors = placed.filter((each) => each.output.length === 1).map(({ layer }) => layer.name);
  const [embeddingDim] = end?.output ?? [];
  if (embeddingDim === undefined || end?.output.length !== 1) {
    throw new RangeError(`networkUpTo: '${output}' is no layer of ${network.name} with a vector; known: ${vectors.join(', ')}`);
  }
  const needed = new Set([output]);
  const layers = network.layers.toReversed().filter((layer: Layer) => {
    if (!needed.has(layer.name)) return false;
    layer.inputs.forEach((input) => needed.add(input));
    return true;
  });
  const exits = output === network.output && network.exits !== undefined ? { exits: network.exits } : {};
  return { name: network.name, input: network.input, layers: layers.toReversed(), output, embeddingDim, ...exits };
}
