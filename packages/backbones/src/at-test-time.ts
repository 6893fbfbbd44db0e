import { finishNetwork } from './layer-list';
import type { Layer, Network } from './network';

/** What embeds otherwise after training than in it. */
export interface TestTimeOptions {
  /** Share of the maximum in the global pool `pool`. Group Loss++: 0.5 to 0.6. */
  readonly maxShare?: number;
  /** Slope below 0 of the last ReLUs, those whose values reach `pool` through no other ReLU. Group Loss++: 0 to 1. */
  readonly slope?: number;
  /** The embedding becomes `v / |v| + beta v`. Group Loss++: 0.0005 to 0.004. */
  readonly beta?: number;
}

const POOL = 'pool';

/**
 * The network as Group Loss++ embeds with it: same layer names, so the parameters of the trained one serve it.
 *
 * @throws RangeError if there is no layer `pool`
 * @see Elezi et al., The Group Loss++, TPAMI 2022, https://arxiv.org/abs/2204.01509
 */
export function atTestTime(network: Network, { maxShare, slope, beta }: TestTimeOptions): Network {
  const pool = network.layers.find(({ name }) => name === POOL);
  if (pool === undefined) throw new RangeError(`atTestTime: ${network.name} has no layer '${POOL}'`);
  const last = slope === undefined ? new Set<string>() : lastRelus(network, pool);
  const layers = network.layers.map((layer): Layer => {
    const { name, inputs } = layer;
    if (layer === pool && maxShare !== undefined) return { kind: 'mixedPool', name, inputs, share: maxShare };
    return last.has(name) && slope !== undefined ? { kind: 'leakyRelu', name, inputs, slope } : layer;
  });
  if (beta === undefined) return { ...network, layers };
  const output = 'embedding.partial';
  return finishNetwork(network.name, network.input, [...layers, { kind: 'partialNormalisation', name: output, inputs: [network.output], beta }], output);
}

/** Walks back from the pool and stops at every ReLU. */
function lastRelus({ layers }: Network, from: Layer): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    const layer = layers.find((each) => each.name === name);
    if (layer?.kind === 'relu') found.add(name);
    // what a pool or convolution takes from an inner ReLU is not the last activation
    else if (layer?.kind === 'concat') layer.inputs.forEach(visit);
  };
  from.inputs.forEach(visit);
  return found;
}
