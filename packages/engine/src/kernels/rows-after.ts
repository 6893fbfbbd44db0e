import * as tf from '@tensorflow/tfjs';

import { intType, NATIVE, nativeBackend, run, typeAttribute } from './raw';

interface Attributes {
  readonly start: number;
  readonly count: number;
}

/**
 * Rows `[start, start + count)` of `x`, but not before `done` has been computed: `{ x, done } -> rows`. A graph runs whatever is
 * ready, so that the pieces of a work that is cut up to save memory would all be in memory at once; eager ops take turns anyway.
 *
 * No op of two inputs passes one on, so the first row is `start` plus a 0 that TensorFlow cannot know before `done` is there.
 */
const kernel: tf.KernelConfig = {
  kernelName: 'RowsAfter',
  backendName: NATIVE,
  kernelFunc: ({ inputs, attrs }) =>
    tf.tidy(() => {
      const { x, done } = inputs as Record<'x' | 'done', tf.Tensor>;
      const { start, count } = attrs as unknown as Attributes;
      const rest = x.shape.slice(1);
      const one = tf.slice(tf.reshape(done, [-1]), 0, 1);
      const argMax = [typeAttribute('T', done.dtype), intType('Tidx'), intType('output_type')];
      const zero = nativeBackend().executeSingleOutput('ArgMax', argMax, [one, tf.scalar(0, 'int32')]); // of one value
      const begin = run('AddV2', [tf.tensor1d([start, ...rest.map(() => 0)], 'int32'), zero], [intType('T')]);
      const size = tf.tensor1d([count, ...rest], 'int32');
      return run('Slice', [x, begin, size], [typeAttribute('T', x.dtype), intType('Index')]);
    }),
};

export const rowsAfter = { kernels: [kernel], gradients: [] };
