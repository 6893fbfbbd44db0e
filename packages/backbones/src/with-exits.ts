import type { Network } from './network';

/**
 * Declares the embedding of a network to be embeddings of equal length side by side.
 *
 * @param count embeddings; 1 leaves the network as it is
 */
export function withExits(network: Network, count: number): Network {
  if (count === 1) return network;
  const size = network.embeddingDim / count;
  return { ...network, exits: Array.from({ length: count }, (_, at) => [at * size, (at + 1) * size] as const) };
}
