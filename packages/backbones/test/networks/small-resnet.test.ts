import { describe, expect, it } from '@jest/globals';

import { buildBackbone, describeNetwork, networkUpTo, parameterCount } from '../../src';

const cifar = { height: 32, width: 32, channels: 3 };

// encoders in front of any head: the ResNet-18 for CIFAR of the SupCon release and narrow ones of the same layout
it.each([
  [64, 11_168_832],
  [32, 2_795_040],
  [16, 700_176],
  [8, 175_752],
])('small-resnet of width %i with 2 blocks a stage has the parameters of a ResNet-18', (width, parameters) => {
  const network = buildBackbone({ name: 'small-resnet', width, blocks: 2, embeddingDim: 1, stemStride: 1 }, cifar);
  expect(parameterCount(networkUpTo(network, 'pool'))).toBe(parameters);
});

describe('small-resnet', () => {
  it('embeds by the pooled features where no length is given, whatever the head', () => {
    const network = buildBackbone({ name: 'small-resnet', width: 4, embeddingDim: 0, head: 'mlp' }, cifar);
    expect([network.output, network.embeddingDim, network.layers.some(({ kind }) => kind === 'dense')]).toEqual(['pool', 32, false]);
  });

  it.each([
    [32, 32, 1, [16, 8, 4, 2], [16, 8, 4, 2]],
    [32, 96, 1, [16, 8, 4, 2], [48, 24, 12, 6]],
    [64, 64, 1, [32, 16, 8, 4], [32, 16, 8, 4]],
    [28, 28, 1, [14, 7, 4, 2], [14, 7, 4, 2]],
  ])('takes %ix%ix%i', (height, width, channels, heights, widths) => {
    const network = buildBackbone({ name: 'small-resnet', width: 8, embeddingDim: 64 }, { height, width, channels });
    const rows = describeNetwork(network);
    const stages = [1, 2, 3, 4].map((stage) => rows.find(({ layer }) => layer === `stage${stage}.block1.relu2`)?.output);
    expect(stages).toEqual([0, 1, 2, 3].map((at) => [heights[at], widths[at], 8 * 2 ** at]));
    expect(rows.at(-1)).toMatchObject({ layer: 'embedding', output: [64], parameters: 64 * 64 + 64 });
  });

  it('projects the shortcut only where the shape changes', () => {
    const { layers } = buildBackbone({ name: 'small-resnet', width: 4, blocks: 2, embeddingDim: 8 }, cifar);
    const inputs = (name: string) => layers.find((layer) => layer.name === name)?.inputs;
    expect(inputs('stage1.block1.add')).toEqual(['stage1.block1.conv2.norm', 'stem.relu']);
    expect(inputs('stage2.block1.add')).toEqual(['stage2.block1.conv2.norm', 'stage2.block1.shortcut.norm']);
    expect(inputs('stage2.block2.add')).toEqual(['stage2.block2.conv2.norm', 'stage2.block1.relu2']);
    expect(inputs('stage2.block2.relu2')).toEqual(['stage2.block2.add']);
  });

  it('has the SupCon projection: linear, ReLU, linear, 328,320 parameters at D = 512 and d = 128', () => {
    const network = buildBackbone({ name: 'small-resnet', width: 64, embeddingDim: 128, head: 'mlp' }, cifar);
    expect(parameterCount(network) - parameterCount(networkUpTo(network, 'pool'))).toBe(328_320);
    expect(network.layers.slice(-3).map(({ kind }) => kind)).toEqual(['dense', 'relu', 'dense']);
  });

  it('can embed three stages side by side', () => {
    const network = buildBackbone({ name: 'small-resnet', width: 4, embeddingDim: 12, exits: 3, embeddingNorm: true }, cifar);
    const rows = describeNetwork(network);
    const exits = rows.filter(({ kind }) => kind === 'globalAveragePool');
    expect(exits.map(({ inputs, output }) => [inputs[0], output[0]])).toEqual([
      ['stage2.block1.relu2', 8],
      ['stage3.block1.relu2', 16],
      ['stage4.block1.relu2', 32],
    ]);
    expect(rows.at(-2)).toMatchObject({ kind: 'concat', inputs: ['exit1.embedding', 'exit2.embedding', 'exit3.embedding'], output: [12] });
    expect(rows.at(-1)).toMatchObject({ kind: 'batchNorm', output: [12], parameters: 12 });
    expect(() => buildBackbone({ name: 'small-resnet', width: 4, embeddingDim: 8, exits: 3 }, cifar)).toThrow(
      new RangeError('small-resnet: embeddingDim must be a multiple of exits 3, got 8'),
    );
  });
});
