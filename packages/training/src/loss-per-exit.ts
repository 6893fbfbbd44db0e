import type { Network } from '@hypersphere/backbones';
import type { LossEntry, ResolvedLoss, TensorSpecs } from '@hypersphere/core-losses';
import * as tf from '@tensorflow/tfjs';

import type { Tensors } from './step';

const prefix = (exit: number): string => `exit${exit + 1}|`;

/**
 * A loss that is applied to each exit of a network, to its part of the embedding alone, and added up with weight 1.
 * Parameters and state of the loss are each exit's own.
 *
 * @throws RangeError if the network has one embedding only
 * @see Wang et al., Ranked List Loss, CVPR 2019, section 4.2, https://arxiv.org/abs/1903.03238
 */
export function lossPerExit(loss: ResolvedLoss, { name, exits }: Network): ResolvedLoss {
  if (exits === undefined) throw new RangeError(`schedule.lossPerExit: ${name} has one embedding; build it with exits above 1`);
  const { entry } = loss;
  const specs = (of: LossEntry['parameters'] | undefined): LossEntry['parameters'] => (classes, _dim, options) =>
    joined(exits.map(([start, end]): TensorSpecs => of?.(classes, end - start, options) ?? {}));
  const apply: LossEntry['apply'] = (input) => {
    const outputs = exits.map(([start, end], at) =>
      entry.apply({
        ...input,
        embeddings: tf.slice2d(input.embeddings, [0, start], [input.embeddings.shape[0], end - start]),
        parameters: ownOf(input.parameters, at),
        state: ownOf(input.state, at),
      }),
    );
    const total = outputs.map((output) => output.loss).reduce((sum, value) => tf.add(sum, value));
    const states = outputs.map(({ state }, at): Tensors => state ?? ownOf(input.state, at));
    return { loss: total, state: joined(states) };
  };
  const parts = { ...entry, parameters: specs(entry.parameters.bind(entry)), apply };
  return { ...loss, entry: entry.state === undefined ? parts : { ...parts, state: specs(entry.state.bind(entry)) } };
}

function joined<T>(parts: readonly Readonly<Record<string, T>>[]): Record<string, T> {
  return Object.fromEntries(parts.flatMap((part, at) => Object.entries(part).map(([name, value]) => [`${prefix(at)}${name}`, value])));
}

function ownOf(all: Tensors, exit: number): Tensors {
  const own = Object.entries(all).filter(([name]) => name.startsWith(prefix(exit)));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix(exit).length), value]));
}
