import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { expectClose, expectTensorsLeft } from '@hypersphere/testing';

import { buildBackbone, initialParameters, initialStatistics, parameterSpecs } from '../src';
import type { InitialValue } from '../src';
import { initialValues } from '../src/initial-value';
import { seededDraws } from './seeded-draws';

beforeAll(() => tf.setBackend('cpu'));

const image = { height: 16, width: 16, channels: 3 };
const one = buildBackbone({ name: 'small-resnet', width: 4, embeddingDim: 3 }, image);
const two = buildBackbone({ name: 'small-resnet', width: 4, embeddingDim: 5, blocks: 2, embeddingNorm: true }, image);

describe('initialParameters', () => {
  it('has a tensor of the right shape for every spec, and nothing more', () => {
    expectTensorsLeft(parameterSpecs(two).length, () => {
      const parameters = initialParameters(two, seededDraws(1));
      const shapes = Object.entries(parameters).map(([name, { shape }]) => ({ name, shape }));
      expect(shapes).toEqual(parameterSpecs(two).map(({ name, shape }) => ({ name, shape })));
    });
  });

  it('agrees for equal seeds, and differs in every kernel for different seeds', () => {
    const [a, b, c] = [1, 1, 2].map((seed) => initialParameters(one, seededDraws(seed))) as [Tensors, Tensors, Tensors];
    for (const name of Object.keys(a)) expect(a[name]!.dataSync()).toEqual(b[name]!.dataSync());
    for (const { name } of parameterSpecs(one).filter(({ decay }) => decay === 'weight')) {
      expect(a[name]!.dataSync()).not.toEqual(c[name]!.dataSync());
    }
  });

  it('agrees between networks in layers of equal name and shape', () => {
    const [a, b] = [initialParameters(one, seededDraws(1)), initialParameters(two, seededDraws(1))];
    const shared = Object.keys(a).filter((name) => name in b && a[name]!.shape.join() === b[name]!.shape.join());
    expect(shared).toEqual(Object.keys(a).filter((name) => !name.startsWith('embedding/')));
    for (const name of shared) expect(a[name]!.dataSync()).toEqual(b[name]!.dataSync());
  });

  it('differs between layers of one shape', () => {
    const a = initialParameters(two, seededDraws(1));
    expect(a['stage1.block1.conv1/kernel']!.dataSync()).not.toEqual(a['stage1.block1.conv2/kernel']!.dataSync());
  });

  it('starts gamma at 1, beta and bias at 0, PReLU at 0.25', () => {
    const parameters = {
      ...initialParameters(one, seededDraws(1)),
      ...initialParameters(buildBackbone({ name: 'sfnet', depth: 4, width: 2, embeddingDim: 3 }, image), seededDraws(1)),
    };
    expectClose(parameters['stem.conv.norm/gamma']!, [1, 1, 1, 1]);
    expectClose(parameters['stem.conv.norm/beta']!, [0, 0, 0, 0]);
    expectClose(parameters['stage1.conv/bias']!, [0, 0]);
    expectClose(parameters['stage1.prelu/alpha']!, [0.25, 0.25]);
  });
});

type Tensors = Record<string, tf.Tensor>;

it('initialStatistics are mean 0 and variance 1 of every batch norm', () => {
  const statistics = initialStatistics(two);
  expect(Object.keys(statistics)).toContain('embedding.norm/variance');
  for (const [name, tensor] of Object.entries(statistics)) {
    expectClose(tensor, tensor.shape[0] === undefined ? [] : Array<number>(tensor.shape[0]).fill(name.endsWith('/mean') ? 0 : 1));
  }
});

describe('initialValues', () => {
  const shape = [3, 3, 20, 80]; // fan in 180, fan out 720
  const moments = (values: Float32Array) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const std = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    return { mean, std, largest: values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) };
  };

  it.each<[string, InitialValue, number, number]>([
    ['normal', { kind: 'normal', std: 0.01 }, 0.01, Infinity],
    ['He', { kind: 'varianceScaling', scale: 2, fan: 'in', distribution: 'normal' }, Math.sqrt(2 / 180), Infinity],
    ['MXNet', { kind: 'varianceScaling', scale: 2, fan: 'out', distribution: 'normal' }, Math.sqrt(2 / 720), Infinity],
    ['Caffe', { kind: 'varianceScaling', scale: 1, fan: 'in', distribution: 'uniform' }, Math.sqrt(1 / 180), Math.sqrt(3 / 180)],
  ])('%s has its spread and bound', (_name, rule, std, bound) => {
    const seen = moments(initialValues(rule, shape, seededDraws(5)('kernel')));
    expect(Math.abs(seen.mean)).toBeLessThan(0.05 * std);
    expect(Math.abs(seen.std / std - 1)).toBeLessThan(0.03);
    expect(seen.largest).toBeLessThanOrEqual(bound);
    expect(seen.largest).toBeGreaterThan(1.7 * std);
  });
});
