import * as tf from '@tensorflow/tfjs';

import type { ObservedStatistics } from './layer-kind';
import { kindOf } from './layers';
import { IMAGES, inputShape } from './network';
import type { Layer, Network } from './network';
import { updateStatistics } from './running-statistics';

/** Tensors by name, as `initialParameters` and `initialStatistics` give them. */
export type NamedTensors = Readonly<Record<string, tf.Tensor>>;

export type ForwardMode =
  | { readonly training: false }
  | {
      readonly training: true;
      /** Share of the old running statistics, in [0, 1]. PyTorch's default, called 0.1 there, is 0.9. */
      readonly momentum: number;
      /** Keep-masks of 1 and 0 by layer, see `dropoutMaskShapes`. */
      readonly dropoutMasks?: NamedTensors;
    };

export interface ForwardOutput {
  /** `[n, embeddingDim]` */
  readonly embedding: tf.Tensor2D;
  /** Training: new tensors, but for those of frozen layers. Evaluation: the very ones that came in. */
  readonly statistics: Record<string, tf.Tensor>;
}

/**
 * Applies a network to images: a pure function of its tensors, differentiable in parameters and images.
 * Training normalises with the statistics of the batch and moves the running ones,
 * `momentum * old + (1 - momentum) * batch`, the variance being the unbiased one (as in PyTorch).
 * Evaluation uses the running ones and no dropout.
 *
 * @param images float32 `[n, h, w, c]`, float32 `[n, features]` or int32 `[n, tokens]`, of the size that the network was built for
 * @returns embedding and statistics; nothing else is left behind
 * @throws RangeError if the images have another shape, or a parameter, statistic or mask is missing
 */
export function forward(
  network: Network,
  parameters: NamedTensors,
  statistics: NamedTensors,
  images: tf.Tensor,
  mode: ForwardMode,
): ForwardOutput {
  checkImages(network, images);
  return tf.tidy(() => {
    const values = new Map<string, tf.Tensor>([[IMAGES, images]]);
    const observed: Record<string, ObservedStatistics> = {};
    const last = lastUses(network);
    const masks = mode.training ? (mode.dropoutMasks ?? {}) : {};
    for (const layer of network.layers) {
      const inputs = layer.inputs.map((name) => valueOf(values, name, layer));
      const result = tf.tidy(() =>
        kindOf(layer).apply(layer, inputs, {
          training: mode.training,
          read: (name) => named(network, 'parameter or statistic', `${layer.name}/${name}`, parameters, statistics),
          mask: () => named(network, 'dropout mask', layer.name, masks),
        }),
      );
      if (result.observed !== undefined) observed[layer.name] = result.observed;
      values.set(layer.name, result.value);
      for (const name of new Set(layer.inputs)) {
        if (last.get(name) === layer.name && name !== IMAGES && name !== network.output) values.get(name)?.dispose();
      }
    }
    const embedding = values.get(network.output) as tf.Tensor2D;
    const next = mode.training ? { ...statistics, ...updateStatistics(statistics, observed, mode.momentum) } : statistics;
    return { embedding, statistics: next };
  });
}

function checkImages({ name, input }: Network, images: tf.Tensor): void {
  const wanted = inputShape(input);
  if (images.rank === wanted.length + 1 && images.shape.slice(1).join() === wanted.join()) return;
  throw new RangeError(`${name}: images must be [n, ${wanted.join(', ')}], got [${images.shape.join(',')}]`);
}

/** By name of a value: the layer after which nobody needs it, so that a deep network does not keep all of them. */
function lastUses({ layers }: Network): Map<string, string> {
  return new Map(layers.flatMap((layer) => layer.inputs.map((input) => [input, layer.name] as const)));
}

function valueOf(values: ReadonlyMap<string, tf.Tensor>, name: string, layer: Layer): tf.Tensor {
  const value = values.get(name);
  if (value !== undefined) return value;
  throw new RangeError(`forward: layer '${layer.name}' needs '${name}', which no earlier layer is`);
}

function named(network: Network, what: string, name: string, ...from: readonly NamedTensors[]): tf.Tensor {
  const found = from.find((tensors) => name in tensors)?.[name];
  if (found !== undefined) return found;
  throw new RangeError(`${network.name}: ${what} '${name}' is missing; got ${from.flatMap(Object.keys).join(', ') || 'none'}`);
}
