import { describe, expect, it } from '@jest/globals';

import { buildBackbone, describeNetwork, networkUpTo, parameterCount, parameterSpecs } from '../../src';

const cifar = { height: 32, width: 32, channels: 3 };
const imagenet = { height: 224, width: 224, channels: 3 };

// torchvision's published counts, classifier of 1000 classes included
it.each([
  [18, 11_689_512],
  [34, 21_797_672],
  [50, 25_557_032],
  [101, 44_549_160],
] as const)('resnet %i with a linear map to 1000 has the published number of parameters', (depth, parameters) => {
  expect(parameterCount(buildBackbone({ name: 'resnet', depth, embeddingDim: 1000 }, imagenet))).toBe(parameters);
});

// encoders of the SupCon release with their projection to 128
it.each([
  [18, 11_168_832, 328_320],
  [34, 21_276_992, 328_320],
  [50, 23_500_352, 4_458_624],
  [101, 42_492_480, 4_458_624],
] as const)('resnet %i for CIFAR has the size of the SupCon encoder and projection', (depth, encoder, projection) => {
  const network = buildBackbone({ name: 'resnet', depth, stem: 'cifar', embeddingDim: 128, head: 'mlp' }, cifar);
  const features = networkUpTo(network, 'pool');
  expect(features.embeddingDim).toBe(depth < 50 ? 512 : 2048);
  expect(parameterCount(features)).toBe(encoder);
  expect(parameterCount(network)).toBe(encoder + projection);
});

describe('resnet', () => {
  const shapes = (stem: 'cifar' | 'imagenet', input: typeof cifar) => {
    const rows = describeNetwork(buildBackbone({ name: 'resnet', depth: 50, stem }, input));
    return [1, 2, 3, 4].map((stage) => rows.find(({ layer }) => layer === `stage${stage}.block1.relu`)?.output);
  };

  it('has stages of 56 to 7 pixels on ImageNet, of 32 to 4 on CIFAR', () => {
    expect(shapes('imagenet', imagenet)).toEqual([[56, 56, 256], [28, 28, 512], [14, 14, 1024], [7, 7, 2048]]);
    expect(shapes('cifar', cifar)).toEqual([[32, 32, 256], [16, 16, 512], [8, 8, 1024], [4, 4, 2048]]);
  });

  it('has the stride of a bottleneck in its 3x3 convolution, and 4.09 G multiply-adds at depth 50', () => {
    const { layers } = buildBackbone({ name: 'resnet', depth: 50 }, imagenet);
    const strides = layers.flatMap((layer) => (layer.kind === 'conv' && layer.name.startsWith('stage2.block1') ? [[layer.kernel, layer.stride]] : []));
    expect(strides).toEqual([[1, 1], [3, 2], [1, 1], [1, 2]]);
    const rows = describeNetwork(buildBackbone({ name: 'resnet', depth: 50, embeddingDim: 1000 }, imagenet));
    expect(rows.reduce((sum, row) => sum + row.multiplyAdds, 0) / 1e9).toBeCloseTo(4.089, 3);
  });

  it('projects the first shortcut of a bottleneck network, not of a basic one', () => {
    const names = (depth: 18 | 50) => buildBackbone({ name: 'resnet', depth, width: 2 }, imagenet).layers.map(({ name }) => name);
    expect(names(50)).toContain('stage1.block1.shortcut');
    expect(names(18)).not.toContain('stage1.block1.shortcut');
  });

  it('without an embedding layer embeds by its pooled features', () => {
    expect(buildBackbone({ name: 'resnet', depth: 18 }, imagenet)).toMatchObject({ output: 'pool', embeddingDim: 512 });
  });

  it.each([
    [0, 'globalAveragePool'],
    [1, 'globalMaxPool'],
    [0.5, 'mixedPool'],
  ])('pools with share %d of the maximum', (maxShare, kind) => {
    expect(buildBackbone({ name: 'resnet', depth: 18, maxShare }, imagenet).layers.at(-1)).toMatchObject({ name: 'pool', kind });
  });

  it('has no parameter in a batch norm that is frozen altogether', () => {
    const specs = (frozenBatchNorm: 'none' | 'statistics' | 'all') =>
      parameterSpecs(buildBackbone({ name: 'resnet', depth: 18, width: 2, frozenBatchNorm }, imagenet)).filter(({ decay }) => decay === 'normalisation');
    expect(specs('none')).toHaveLength(40);
    expect(specs('statistics')).toHaveLength(40);
    expect(specs('all')).toEqual([]);
  });
});
