import { expectClose, expectTensorsLeft } from '@hypersphere/testing';
import { describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { flatten, layoutOf, lossName, named, unflatten, type ParameterSpec } from '../src/layout';

const spec = (name: string, shape: number[], owner: ParameterSpec['owner']): ParameterSpec => ({
  name,
  shape,
  owner,
  decay: owner === 'loss' ? 'loss' : 'weight',
  learningRateMultiplier: 1,
});
const layout = layoutOf([spec(lossName('fc/kernel'), [2], 'loss'), spec('fc/kernel', [2, 3], 'backbone'), spec('fc/bias', [], 'backbone')]);
const tensors = {
  'fc/kernel': tf.tensor2d([[1, 2, 3], [4, 5, 6]]),
  'fc/bias': tf.scalar(7),
  [lossName('fc/kernel')]: tf.tensor1d([8, 9]),
};

describe('layout', () => {
  it('puts the backbone first, and the loss\'s tensors behind under names of their own', () => {
    expect(layout.entries.map(({ name, offset, size }) => [name, offset, size])).toEqual([
      ['fc/kernel', 0, 6],
      ['fc/bias', 6, 1],
      ['loss:fc/kernel', 7, 2],
    ]);
    expect([layout.size, layout.backboneSize]).toEqual([9, 7]);
  });

  it('flattens row by row', () => expectClose(flatten(tensors, layout), [1, 2, 3, 4, 5, 6, 7, 8, 9]));

  it('gives every owner its tensors back, each with its shape', () => {
    const parts = unflatten(tf.range(0, 9), layout);
    const backbone = named(parts, layout, 'backbone');
    expect(Object.entries(backbone).map(([name, { shape }]) => [name, shape])).toEqual([['fc/kernel', [2, 3]], ['fc/bias', []]]);
    expectClose(backbone['fc/kernel'] as tf.Tensor, [0, 1, 2, 3, 4, 5]);
    const loss = named(parts, layout, 'loss');
    expect(Object.keys(loss)).toEqual(['fc/kernel']);
    expectClose(loss['fc/kernel'] as tf.Tensor, [7, 8]);
  });

  it('names what is missing, of another shape, or there twice', () => {
    expect(() => flatten({ ...tensors, 'fc/bias': tf.zeros([2]) }, layout)).toThrow("flatten: 'fc/bias' must be [], got [2]");
    expect(() => flatten({}, layout)).toThrow("flatten: 'fc/kernel' must be [2,3], got nothing");
    expect(() => layoutOf([spec('a', [1], 'backbone'), spec('a', [2], 'backbone')])).toThrow("layoutOf: parameter 'a' comes twice");
  });

  it('leaves nothing behind', () => {
    expectTensorsLeft(0, () => {
      const vector = flatten(tensors, layout);
      tf.dispose([vector, unflatten(vector, layout)]);
    });
  });
});
