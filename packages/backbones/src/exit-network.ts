import { networkUpTo } from './network-up-to';
import type { Network } from './network';

/**
 * The part of a network that computes one of its exits. Layer names stay, so the parameters of the whole network serve it.
 *
 * @param exit from 1, in the order in which the embeddings lie side by side
 * @throws RangeError if the network has no such exit, or its exits share a last layer
 */
export function exitNetwork(network: Network, exit: number): Network {
  const { name, exits = [], output, layers } = network;
  if (!Number.isInteger(exit) || exit < 1 || exit > exits.length) {
    throw new RangeError(`exitNetwork: exit must be a whole number from 1 to the number of exits of ${name}, ${exits.length}, got ${exit}`);
  }
  const last = layers.find((layer) => layer.name === output);
  const head = last?.kind === 'concat' && last.inputs.length === exits.length ? last.inputs[exit - 1] : undefined;
  if (head === undefined) throw new RangeError(`exitNetwork: the exits of ${name} share its last layer '${output}'; build it without embeddingNorm`);
  return networkUpTo(network, head);
}
