import * as tf from '@tensorflow/tfjs';
import { expect, it } from '@jest/globals';

import { expectTensorsLeft } from '@hypersphere/testing';

import { onCpu, useEngine, values } from './reference';

useEngine();

const sorted = () => tf.tensor2d([[0, 3, 3, 9, 10], [1, 2, 3, 4, 5]]);
const wanted = () => tf.tensor2d([[3, -1, 9.5], [0.1, 6.6, 4]]);

it('counts the smaller ones, or those not larger, row by row', () => {
  expect(tf.searchSorted(sorted(), wanted(), 'left').arraySync()).toEqual([[1, 0, 4], [0, 5, 3]]);
  expect(tf.searchSorted(sorted(), wanted(), 'right').arraySync()).toEqual([[3, 0, 4], [0, 5, 4]]);
});

it('agrees with the processor backend of tfjs', async () => {
  const ascending = () => tf.tidy(() => tf.neg(tf.topk(values([6, 40]), 40).values));
  for (const side of ['left', 'right'] as const) {
    const count = () => tf.tidy(() => tf.cast(tf.searchSorted(ascending(), values([6, 17], 1), side), 'float32'));
    const [expected] = await onCpu(() => [count()]);
    expect([...count().dataSync()]).toEqual([...(expected as Float32Array)]);
  }
});

it('leaves no tensor behind', () => {
  const [sequence, looked] = [sorted(), wanted()];
  expectTensorsLeft(0, () => tf.searchSorted(sequence, looked).dispose());
});
