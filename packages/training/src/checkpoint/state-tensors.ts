import type { HostTensor } from '@hypersphere/engine';
import * as tf from '@tensorflow/tfjs';

import type { TrainingState, Tensors } from '../step';

const SEPARATOR = '|';
const GROUPS = ['slots', 'statistics', 'lossState'] as const;

/** The state's values, read from the backend, under names such as `statistics|stem/mean`. */
export function hostTensors(state: TrainingState): Record<string, HostTensor> {
  const groups = GROUPS.flatMap((group) =>
    Object.entries(state[group]).map(([name, tensor]) => [`${group}${SEPARATOR}${name}`, tensor] as const),
  );
  return Object.fromEntries([['vector', state.vector] as const, ...groups].map(([name, tensor]) => [name, hostTensor(tensor)]));
}

/**
 * The state of a checkpoint.
 *
 * @param like a state of the same training, whose names and shapes the tensors must have; it is left as it is
 * @throws RangeError that names what is missing or of another shape
 */
export function stateOf(tensors: Readonly<Record<string, HostTensor>>, like: TrainingState): TrainingState {
  const take = (name: string, wanted: tf.Tensor): tf.Tensor => {
    const found = tensors[name];
    if (found === undefined || found.dtype !== wanted.dtype || found.shape.join() !== wanted.shape.join()) {
      const got = found === undefined ? 'nothing' : `${found.dtype} [${found.shape.join()}]`;
      throw new RangeError(`checkpoint: '${name}' must be ${wanted.dtype} [${wanted.shape.join()}], got ${got}`);
    }
    return tf.tensor(found.values, [...found.shape], found.dtype);
  };
  const group = (name: (typeof GROUPS)[number]): Tensors =>
    Object.fromEntries(Object.entries(like[name]).map(([key, wanted]) => [key, take(`${name}${SEPARATOR}${key}`, wanted)]));
  return {
    vector: take('vector', like.vector) as tf.Tensor1D,
    slots: group('slots') as TrainingState['slots'],
    statistics: group('statistics'),
    lossState: group('lossState'),
  };
}

function hostTensor(tensor: tf.Tensor): HostTensor {
  const { shape, dtype } = tensor;
  if (dtype !== 'float32' && dtype !== 'int32') throw new TypeError(`checkpoint: tensors are float32 or int32, got ${dtype}`);
  return { dtype, shape, values: tensor.dataSync<'float32'>() };
}
