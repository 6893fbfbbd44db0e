import { describe, expect, it } from '@jest/globals';

import { buildBackbone, describeNetwork, networkUpTo, parameterCount } from '../../src';

const imagenet = { height: 224, width: 224, channels: 3 };

describe('bn-inception', () => {
  it('has the parameters of the pretrained definition, classifier of 1000 classes included', () => {
    const network = buildBackbone({ name: 'bn-inception', embeddingDim: 1000 }, imagenet);
    expect(parameterCount(networkUpTo(network, 'pool'))).toBe(10_270_240);
    expect(parameterCount(network)).toBe(11_295_240);
  });

  it('has 69 convolutions, and images of the published sizes', () => {
    const rows = describeNetwork(buildBackbone({ name: 'bn-inception' }, imagenet));
    expect(rows.filter(({ kind }) => kind === 'conv')).toHaveLength(69);
    const shape = (layer: string) => rows.find((row) => row.layer === layer)?.output.join('x');
    expect(['pool1', 'pool2', 'inception3a', 'inception3c', 'inception4d', 'inception4e', 'inception5b'].map(shape)).toEqual([
      ...['56x56x64', '28x28x192', '28x28x256', '14x14x576', '14x14x608', '7x7x1056', '7x7x1024'],
    ]);
    expect(rows.find(({ layer }) => layer === 'inception5b.pool')?.kind).toBe('maxPool');
  });

  it('takes images of 227 pixels', () => {
    const rows = describeNetwork(buildBackbone({ name: 'bn-inception' }, { height: 227, width: 227, channels: 3 }));
    expect(['conv1', 'pool1', 'pool2', 'inception5b'].map((name) => rows.find(({ layer }) => layer === name)?.output[0])).toEqual([114, 57, 28, 7]);
  });

  it('has the three exits of Ranked List Loss with the Caffe release', () => {
    const network = buildBackbone({ name: 'bn-inception', release: 'caffe', embeddingDim: 1536, exits: 3 }, imagenet);
    expect(parameterCount(networkUpTo(network, 'pool'))).toBe(10_169_984);
    expect(parameterCount(network)).toBe(14_573_696);
    const rows = describeNetwork(network);
    expect(rows.at(-1)).toMatchObject({ kind: 'concat', inputs: ['exit3.embedding', 'exit1.embedding', 'exit2.embedding'], output: [1536] });
    expect(['exit1.pool', 'exit1.flatten', 'exit2.pool', 'exit2.flatten'].map((name) => rows.find(({ layer }) => layer === name)?.output.join('x'))).toEqual([
      ...['4x4x576', '2048', '2x2x1024', '512'],
    ]);
    expect(() => buildBackbone({ name: 'bn-inception', exits: 3 }, imagenet)).toThrow(
      new RangeError('bn-inception: embeddingDim must be a multiple of exits 3 above 0, got 0'),
    );
  });
});

describe('googlenet', () => {
  it('has the parameters that torchvision publishes', () => {
    expect(parameterCount(buildBackbone({ name: 'googlenet', embeddingDim: 1000 }, imagenet))).toBe(6_624_904);
  });

  it('has images of the published sizes', () => {
    const rows = describeNetwork(buildBackbone({ name: 'googlenet' }, imagenet));
    const shape = (layer: string) => rows.find((row) => row.layer === layer)?.output.join('x');
    expect(['pool1', 'pool2', 'inception3b', 'inception4a', 'inception4e', 'inception5b'].map(shape)).toEqual([
      ...['56x56x64', '28x28x192', '28x28x480', '14x14x512', '14x14x832', '7x7x1024'],
    ]);
  });
});
