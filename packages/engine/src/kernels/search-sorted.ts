import * as tf from '@tensorflow/tfjs';

import { intType, NATIVE, nativeBackend, typeAttribute } from './raw';

interface Attributes {
  readonly side: 'left' | 'right';
}

/** `tf.searchSorted`, which TensorFlow for Node lacks: of each value, how many of its row in the sorted sequence are smaller (`left`), or not larger (`right`). */
const kernel: tf.KernelConfig = {
  kernelName: tf.SearchSorted,
  backendName: NATIVE,
  kernelFunc: ({ inputs, attrs }) => {
    const { sortedSequence, values } = inputs as Record<'sortedSequence' | 'values', tf.Tensor>;
    const op = (attrs as unknown as Attributes).side === 'left' ? 'LowerBound' : 'UpperBound';
    return nativeBackend().executeSingleOutput(op, [typeAttribute('T', values.dtype), intType('out_type')], [sortedSequence, values]);
  },
};

export const searchSorted = { kernels: [kernel], gradients: [] };
