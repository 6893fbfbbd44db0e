import * as tf from '@tensorflow/tfjs';

import type { Network } from '../network';
import { placedParameters, placedStatistics } from '../parameter-specs';
import type { ModuleOf } from './module-names';

/** A tensor outside any backend, in PyTorch's layout. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

export interface LoadedWeights {
  /** float32 by `layer/parameter`, of the layers that the state dict has; the caller disposes of them. */
  readonly parameters: Record<string, tf.Tensor>;
  /** float32 by `layer/mean` and `layer/variance`, and scale and shift of what is frozen altogether. */
  readonly statistics: Record<string, tf.Tensor>;
  /** Names in the state dict that the network has no place for: its classifier, say. */
  readonly unused: readonly string[];
}

const SUFFIX: Readonly<Record<string, string>> = {
  kernel: 'weight',
  gamma: 'weight',
  alpha: 'weight',
  bias: 'bias',
  beta: 'bias',
  mean: 'running_mean',
  variance: 'running_var',
};
/** PyTorch counts batches in every batch norm; nothing here depends on the number. */
const COUNTER = /(?:^|\.)num_batches_tracked$/;
const NAMES_SHOWN = 8;

interface Wanted {
  readonly name: string;
  readonly from: string;
  readonly shape: readonly number[];
  readonly kind: 'parameters' | 'statistics';
}

/**
 * Weights of a network from PyTorch's state dict: kernels of convolutions from [out, in, h, w] to [h, w, in, out],
 * linear maps transposed, running statistics as they are. Layers without a module keep their initial values.
 *
 * @param moduleOf which module each layer is
 * @param stateDict tensors by PyTorch's names
 * @throws RangeError that lists the names that are missing, those of another shape, or those with a number that is not finite
 */
export function fromStateDict(network: Network, moduleOf: ModuleOf, stateDict: Readonly<Record<string, StoredTensor>>): LoadedWeights {
  const wanted = wantedTensors(network, moduleOf);
  refuse(network, 'lack', wanted.filter(({ from }) => !Object.hasOwn(stateDict, from)).map(({ from }) => `'${from}'`));
  const misfits = wanted.flatMap(({ from, shape }) => {
    const [expected, got] = [torchShape(shape).join(), stateDict[from]!.shape.join()];
    return expected === got ? [] : [`'${from}' must be [${expected}], got [${got}]`];
  });
  refuse(network, 'do not fit', misfits);
  refuse(network, 'have a number that is not finite in', wanted.filter(({ from }) => !finite(stateDict[from]!.values)).map(({ from }) => `'${from}'`));
  const tensorsOf = (kind: Wanted['kind']): Record<string, tf.Tensor> =>
    Object.fromEntries(wanted.flatMap((each) => (each.kind === kind ? [[each.name, converted(stateDict[each.from]!)]] : [])));
  return {
    parameters: tensorsOf('parameters'),
    statistics: tensorsOf('statistics'),
    unused: unusedNames(network, moduleOf, Object.keys(stateDict)),
  };
}

/** Names of a state dict that a network has no place for. No tensor is made. */
export function unusedNames(network: Network, moduleOf: ModuleOf, names: readonly string[]): readonly string[] {
  const taken = new Set(wantedTensors(network, moduleOf).map(({ from }) => from));
  return names.filter((name) => !taken.has(name) && !COUNTER.test(name));
}

function wantedTensors(network: Network, moduleOf: ModuleOf): readonly Wanted[] {
  const place = (layer: string, tensor: { name: string; shape: readonly number[] }, kind: Wanted['kind']): Wanted[] => {
    const module = moduleOf(layer);
    if (module === undefined) return [];
    return [{ name: `${layer}/${tensor.name}`, from: `${module}.${SUFFIX[tensor.name]}`, shape: tensor.shape, kind }];
  };
  return [
    ...placedParameters(network).flatMap(({ layer, parameter }) => place(layer, parameter, 'parameters')),
    ...placedStatistics(network).flatMap(({ layer, statistic }) => place(layer, statistic, 'statistics')),
  ];
}

function refuse({ name }: Network, what: string, problems: readonly string[]): void {
  if (problems.length === 0) return;
  const shown = problems.slice(0, NAMES_SHOWN).join('; ');
  const more = problems.length > NAMES_SHOWN ? `; and ${problems.length - NAMES_SHOWN} more` : '';
  throw new RangeError(`fromStateDict: the weights ${what} ${problems.length} of the tensors of ${name}: ${shown}${more}`);
}

function finite(values: ArrayLike<number>): boolean {
  for (let at = 0; at < values.length; at++) if (!Number.isFinite(values[at])) return false;
  return true;
}

/** Shape of a tensor of ours in PyTorch. */
function torchShape(shape: readonly number[]): readonly number[] {
  const [a = 0, b = 0, c = 0, d = 0] = shape;
  if (shape.length === 4) return [d, c, a, b];
  return shape.length === 2 ? [b, a] : shape;
}

function converted({ shape, values }: StoredTensor): tf.Tensor {
  return tf.tidy(() => {
    const tensor = tf.tensor(Float32Array.from(values), [...shape]);
    if (shape.length === 4) return tf.transpose(tensor, [2, 3, 1, 0]);
    return shape.length === 2 ? tf.transpose(tensor) : tensor;
  });
}
