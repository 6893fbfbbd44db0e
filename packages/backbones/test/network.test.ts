import { describe, expect, it } from '@jest/globals';

import { buildBackbone, describeNetwork, exitNetwork, networkUpTo, parameterCount } from '../src';
import type { Layer, Network } from '../src';
import { goldenNetwork } from './golden-network';

const withLayers = (...layers: Layer[]): Network => ({ ...goldenNetwork, layers });
const check = (...layers: Layer[]) => () => describeNetwork(withLayers(...layers));

describe('describeNetwork', () => {
  it('lists shape, parameters and multiply-adds', () => {
    const rows = describeNetwork(goldenNetwork);
    expect(rows[0]).toEqual({
      ...{ layer: 'stem', kind: 'conv', inputs: ['images'], output: [4, 3, 3] },
      ...{ parameters: 3 * 3 * 2 * 3, multiplyAdds: 4 * 3 * 3 * (3 * 3 * 2) },
    });
    expect(rows.map(({ layer, output, parameters }) => [layer, output.join('x'), parameters])).toEqual([
      ['stem', '4x3x3', 54],
      ['stem.norm', '4x3x3', 6],
      ['stem.prelu', '4x3x3', 3],
      ['branch', '4x3x2', 56],
      ['branch.relu', '4x3x2', 0],
      ['shortcut', '4x3x2', 6],
      ['total', '4x3x2', 0],
      ['pool', '2x1x2', 0],
      ['flat', '4', 0],
      ['drop', '4', 0],
      ['left', '2', 10],
      ['right', '2', 0],
      ['both', '4', 0],
      ['embedding', '4', 4],
    ]);
    expect(parameterCount(goldenNetwork)).toBe(139);
  });
});

describe('networkUpTo', () => {
  it('keeps what a layer needs, in order', () => {
    const { layers, output, embeddingDim } = networkUpTo(goldenNetwork, 'right');
    expect({ output, embeddingDim }).toEqual({ output: 'right', embeddingDim: 2 });
    expect(layers.map(({ name }) => name)).toEqual([
      ...['stem', 'stem.norm', 'stem.prelu', 'branch', 'branch.relu', 'shortcut', 'total', 'right'],
    ]);
  });

  it.each(['total', 'nothing'])('refuses %s', (name) => {
    expect(() => networkUpTo(goldenNetwork, name)).toThrow(
      new RangeError(`networkUpTo: '${name}' is no layer of golden with a vector; known: flat, drop, left, right, both, embedding`),
    );
  });
});

describe('exitNetwork', () => {
  const size = { height: 64, width: 64, channels: 3 };
  const small = (more: object = {}) => buildBackbone({ name: 'small-resnet', width: 2, embeddingDim: 6, exits: 3, ...more }, size);

  it.each([[1, 'exit1.embedding'], [2, 'exit2.embedding'], [3, 'exit3.embedding']])('is exit %d of the small network, and what it needs', (exit, output) => {
    const part = exitNetwork(small(), exit);
    expect(part).toMatchObject({ output, embeddingDim: 2 });
    expect(part.exits).toBeUndefined();
    expect(part.layers.filter(({ kind }) => kind === 'dense')).toHaveLength(1);
  });

  it('counts exits as they lie side by side, in BN-Inception the last layer first', () => {
    const network = buildBackbone({ name: 'bn-inception', width: 2, embeddingDim: 6, exits: 3 }, { ...size, height: 224, width: 224 });
    expect([1, 2, 3].map((exit) => exitNetwork(network, exit).output)).toEqual(['exit3.embedding', 'exit1.embedding', 'exit2.embedding']);
  });

  it.each([0, 4, 1.5])('refuses exit %d', (exit) => {
    expect(() => exitNetwork(small(), exit)).toThrow(new RangeError(`exitNetwork: exit must be a whole number from 1 to the number of exits of small-resnet, 3, got ${exit}`));
  });

  it('refuses a network of one exit, and exits under one batch norm', () => {
    expect(() => exitNetwork(small({ exits: 1 }), 1)).toThrow(RangeError);
    expect(() => exitNetwork(small({ embeddingNorm: true }), 1)).toThrow(new RangeError(`exitNetwork: the exits of small-resnet share its last layer 'embedding.norm'; build it without embeddingNorm`));
  });
});

describe('a network is refused', () => {
  const relu = (name: string, ...inputs: string[]): Layer => ({ kind: 'relu', name, inputs });
  const conv: Layer = {
    ...{ kind: 'conv', name: 'conv', inputs: ['images'], filters: 1, kernel: 3, stride: 1, padding: 0, bias: false },
    initial: { kind: 'normal', std: 1 },
  };
  const pool: Layer = { kind: 'maxPool', name: 'pool', inputs: ['images'], size: 2, stride: 2 };

  it.each<[string, Layer[], string]>([
    ['two layers of one name', [relu('a', 'images'), relu('a', 'images')], "golden: two layers are named 'a'"],
    ['an input that comes later', [relu('a', 'b'), relu('b', 'images')], "golden: layer 'a' needs 'b', which no earlier layer is; known: images"],
    ['a layer with too many inputs', [relu('a', 'images', 'images')], "layer 'a': relu takes 1 input, got 2"],
    ['a sum of unequal shapes', [pool, { kind: 'add', name: 'sum', inputs: ['images', 'pool'] }], "layer 'sum': add needs at least 2 inputs of one shape, got [8,5,2] and [4,2,2]"],
    ['images of unequal size side by side', [pool, { kind: 'concat', name: 'both', inputs: ['images', 'pool'] }], "layer 'both': concat needs at least 2 inputs that differ in the last axis alone, got [8,5,2] and [4,2,2]"],
    ['a linear map of an image', [{ ...conv, kind: 'dense', units: 2 }], "layer 'conv': dense needs a vector [d], got [8,5,2]; flatten or pool first"],
    ['a convolution of a vector', [{ kind: 'flatten', name: 'flat', inputs: ['images'] }, { ...conv, inputs: ['flat'] }], "layer 'conv': conv needs an image [h, w, c], got [80]"],
    ['a window larger than the image', [{ ...conv, kernel: 6 }], "layer 'conv': conv of 6 pixels does not fit into 5 pixels; use larger images"],
    ['an unknown kind', [{ kind: 'lstm', name: 'a', inputs: ['images'] } as unknown as Layer], "layer 'a': unknown kind 'lstm'; known: add, averagePool, batchNorm, concat, conv, conv1d, dense, dropout, flatten, globalAveragePool, globalMaxPool, leakyRelu, lookup, maxOverTime, maxPool, mixedPool, partialNormalisation, prelu, relu"],
  ])('%s', (_what, layers, message) => {
    expect(check(...layers)).toThrow(message);
  });
});
