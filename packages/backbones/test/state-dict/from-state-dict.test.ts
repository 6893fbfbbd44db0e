import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectTensorsLeft } from '@hypersphere/testing';
import { readSafetensors, writeSafetensors } from '@hypersphere/engine';
import type { HostTensor } from '@hypersphere/engine';

import { buildBackbone, forward, fromStateDict, initialParameters, initialStatistics, stateDictModules } from '../../src';
import type { BackboneConfig } from '../../src';
import golden from '../golden/state-dicts.json';
import { seededDraws } from '../seeded-draws';
import { startNative } from '../start-native';

jest.setTimeout(120_000);

const PIXELS = 9999;

/** The formula of tools/golden/state-dicts.py: a hash of the place of a value and of its tensor, in [-1, 1). */
function uniform(count: number, tensor: number): Float64Array {
  return new Float64Array(count).map((_, at) => {
    let h = (Math.imul(at, 2654435761) + tensor * 40503 + 12345) >>> 0;
    h = Math.imul(h ^ (h >>> 15), 739982445) >>> 0;
    h = Math.imul(h ^ (h >>> 12), 695872825) >>> 0;
    return ((h ^ (h >>> 15)) >>> 0) / 2 ** 31 - 1;
  });
}

type Names = readonly (readonly [string, readonly number[]])[];

function stateDict(names: Names): Record<string, HostTensor> {
  const norms = new Set(names.flatMap(([name]) => (name.endsWith('.running_mean') ? [name.slice(0, -'running_mean'.length)] : [])));
  return Object.fromEntries(
    names.map(([name, shape], at): [string, HostTensor] => {
      const count = shape.reduce((size, extent) => size * extent, 1);
      if (name.endsWith('num_batches_tracked')) return [name, { dtype: 'int32', shape, values: new Int32Array(count) }];
      const drawn = uniform(count, at);
      const kernel = Math.sqrt(6 / (count / (shape[0] ?? 1)));
      const gamma = name.endsWith('.weight') && norms.has(name.slice(0, -'weight'.length)) ? 1 : 0;
      const valueOf = (u: number): number => (name.endsWith('running_var') ? 1 + 0.3 * u : shape.length > 1 ? kernel * u : gamma + 0.1 * u);
      return [name, { dtype: 'float32', shape, values: Float32Array.from(drawn, valueOf) }];
    }),
  );
}

const configs: Readonly<Record<string, BackboneConfig>> = {
  resnet50: { name: 'resnet', depth: 50, width: 8 },
  resnet18: { name: 'resnet', depth: 18, width: 8 },
  googlenet: { name: 'googlenet' },
  bninception: { name: 'bn-inception' },
};

beforeAll(() => startNative());

describe.each(golden.cases)('the state dict of $name', ({ name, side, stateDict: names, embedding }) => {
  const config = configs[name]!;
  const network = buildBackbone(config, { height: side, width: side, channels: 3 });

  it('gives the features that PyTorch computes, and leaves out the classifier alone', () => {
    const file = readSafetensors(writeSafetensors(stateDict(names as unknown as Names)));
    const { parameters, statistics, unused } = fromStateDict(network, stateDictModules(config), file);
    expect(unused).toEqual((names as unknown as Names).map(([each]) => each).filter((each) => /^(fc|last_linear)\./.test(each)));
    const images = tf.tensor4d(Float32Array.from(uniform(3 * side * side, PIXELS)), [1, side, side, 3]);
    const got = forward(network, parameters, statistics, images, { training: false }).embedding.dataSync();
    const scale = Math.max(...embedding.map(Math.abs));
    const largest = embedding.reduce((most, value, at) => Math.max(most, Math.abs(value - (got[at] ?? NaN))), 0);
    expect(largest / scale).toBeLessThan(1e-4);
    tf.dispose([parameters, statistics, images]);
  });
});

describe('fromStateDict', () => {
  const config = { name: 'resnet', depth: 18, width: 2, embeddingDim: 3, stem: 'cifar' } as const;
  const network = buildBackbone(config, { height: 8, width: 8, channels: 3 });
  const own = { ...initialParameters(network, seededDraws(1)), ...initialStatistics(network) };
  const modules = stateDictModules(config);
  const suffix: Record<string, string> = { kernel: 'weight', gamma: 'weight', beta: 'bias', mean: 'running_mean', variance: 'running_var' };
  const whole = (): Record<string, HostTensor> =>
    Object.fromEntries(
      Object.entries(own).flatMap(([name, tensor]) => {
        const [layer = '', part = ''] = name.split('/');
        const module = modules(layer);
        if (module === undefined) return [];
        const stored = tensor.rank === 4 ? tf.transpose(tensor, [3, 2, 0, 1]) : tensor;
        return [[`${module}.${suffix[part]}`, { dtype: 'float32' as const, shape: stored.shape, values: stored.dataSync() as Float32Array }]];
      }),
    );

  it('gives back what was written under PyTorch names, the head aside, and owns its tensors', () => {
    const given = whole();
    expect(Object.keys(given)).toEqual(expect.arrayContaining(['conv1.weight', 'bn1.running_var', 'layer2.0.shortcut.0.weight', 'layer4.1.bn2.bias']));
    const loaded = fromStateDict(network, modules, given);
    const expected = Object.keys(own).filter((name) => !name.startsWith('embedding/'));
    const got = { ...loaded.parameters, ...loaded.statistics };
    expect(Object.keys(got).sort()).toEqual(expected.sort());
    for (const name of expected) {
      expect(got[name]!.shape).toEqual(own[name]!.shape);
      expect(got[name]!.dataSync()).toEqual(own[name]!.dataSync());
    }
    expectTensorsLeft(0, () => {
      const { parameters, statistics } = fromStateDict(network, modules, given);
      tf.dispose([parameters, statistics]);
    });
  });

  it('puts the scale and shift of a batch norm frozen altogether with the statistics', () => {
    const frozen = buildBackbone({ ...config, frozenBatchNorm: 'all' }, network.input);
    const { parameters, statistics } = fromStateDict(frozen, modules, whole());
    expect(Object.keys(parameters).every((name) => name.endsWith('/kernel'))).toBe(true);
    expect(Object.keys(statistics).filter((name) => name.startsWith('stem.conv.norm/'))).toEqual(['gamma', 'beta', 'mean', 'variance'].map((part) => `stem.conv.norm/${part}`));
  });

  it('lists what is missing', () => {
    const missing = ['conv1.weight', 'layer1.0.bn1.running_mean'];
    const rest = Object.fromEntries(Object.entries(whole()).filter(([name]) => !missing.includes(name)));
    expect(() => fromStateDict(network, modules, rest)).toThrow(
      new RangeError("fromStateDict: the weights lack 2 of the tensors of resnet-18: 'conv1.weight'; 'layer1.0.bn1.running_mean'"),
    );
    expect(() => fromStateDict(network, modules, {})).toThrow('; and 92 more');
  });

  it('names what has another shape, also where the number of values is right', () => {
    const given = whole();
    const wrong = { ...given, 'conv1.weight': { ...given['conv1.weight']!, shape: [3, 3, 3, 2] }, 'bn1.bias': { ...given['bn1.bias']!, shape: [1, 2] } };
    expect(() => fromStateDict(network, modules, wrong)).toThrow(
      new RangeError("fromStateDict: the weights do not fit 2 of the tensors of resnet-18: 'conv1.weight' must be [2,3,3,3], got [3,3,3,2]; 'bn1.bias' must be [2], got [1,2]"),
    );
  });

  it.each([Number.NaN, Infinity, -Infinity])('names what has the number %d', (number) => {
    const given = whole();
    const values = Float32Array.from(given['bn1.bias']!.values);
    values[1] = number;
    expect(() => fromStateDict(network, modules, { ...given, 'bn1.bias': { ...given['bn1.bias']!, values } })).toThrow(
      new RangeError("fromStateDict: the weights have a number that is not finite in 1 of the tensors of resnet-18: 'bn1.bias'"),
    );
  });

  it('reports what it has no place for, but no counter of batches', () => {
    const extra: HostTensor = { dtype: 'int32', shape: [], values: new Int32Array(1) };
    const { unused } = fromStateDict(network, modules, { ...whole(), 'bn1.num_batches_tracked': extra, 'head.0.weight': extra });
    expect(unused).toEqual(['head.0.weight']);
  });

  it('is for the networks whose names are known', () => {
    expect(() => stateDictModules({ name: 'mnist-cnn' })).toThrow(
      new RangeError('mnist-cnn: no names of PyTorch weights are known; known for: resnet, bn-inception, googlenet'),
    );
  });
});
