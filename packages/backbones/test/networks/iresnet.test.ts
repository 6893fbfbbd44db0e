import { describe, expect, it } from '@jest/globals';

import { buildBackbone, describeNetwork, dropoutMaskShapes, parameterCount, parameterSpecs } from '../../src';

const faces = { height: 112, width: 112, channels: 3 };

// trainable parameters and multiply-adds of the released networks at 112x112x3, d = 512
it.each([
  [18, 24_025_088, 2.61],
  [34, 34_138_816, 4.46],
  [50, 43_590_336, 6.31],
  [100, 65_155_648, 12.09],
] as const)('iresnet %i has the size of the published network', (depth, parameters, gigaMultiplyAdds) => {
  const network = buildBackbone({ name: 'iresnet', depth }, faces);
  expect(parameterCount(network)).toBe(parameters);
  const multiplyAdds = describeNetwork(network).reduce((sum, row) => sum + row.multiplyAdds, 0);
  expect(multiplyAdds / 1e9).toBeCloseTo(gigaMultiplyAdds, 2);
});

describe('iresnet', () => {
  const network = buildBackbone({ name: 'iresnet', depth: 18 }, faces);
  const rows = describeNetwork(network);

  it('orders a unit BN, conv, BN, PReLU, conv with the stride, BN, and puts nothing behind the sum', () => {
    const unit = rows.filter(({ layer }) => layer.startsWith('stage2.unit1.'));
    expect(unit.map(({ layer, kind, output }) => [layer.slice('stage2.unit1.'.length), kind, output[0]])).toEqual([
      ['norm1', 'batchNorm', 56],
      ['conv1', 'conv', 56],
      ['norm2', 'batchNorm', 56],
      ['prelu', 'prelu', 56],
      ['conv2', 'conv', 28],
      ['norm3', 'batchNorm', 28],
      ['shortcut', 'conv', 28],
      ['shortcut.norm', 'batchNorm', 28],
      ['add', 'add', 28],
    ]);
    expect(rows.find(({ layer }) => layer === 'stage2.unit1.shortcut')?.inputs).toEqual(['stage1.unit2.add']);
    expect(rows.find(({ layer }) => layer === 'stage2.unit2.add')?.inputs).toEqual(['stage2.unit2.norm3', 'stage2.unit1.add']);
  });

  it('ends in BN, flatten, dropout, linear map and a BN without gamma', () => {
    expect(rows.slice(-5).map(({ kind }) => kind)).toEqual(['batchNorm', 'flatten', 'dropout', 'dense', 'batchNorm']);
    const last = parameterSpecs(network).filter(({ name }) => name.startsWith('embedding'));
    expect(last.map(({ name }) => name)).toEqual(['embedding/kernel', 'embedding/bias', 'embedding.norm/beta']);
  });

  it('says which masks it needs', () => {
    expect(dropoutMaskShapes(network, 5)).toEqual({ dropout: { shape: [5, 25088], rate: 0.4 } });
    expect(dropoutMaskShapes(buildBackbone({ name: 'iresnet', depth: 18, dropout: 0 }, faces), 5)).toEqual({});
  });

  it.each([
    ['torch', 1e-5, { kind: 'normal', std: 0.1 }],
    ['mxnet', 2e-5, { kind: 'varianceScaling', scale: 2, fan: 'out', distribution: 'normal' }],
  ] as const)('follows the rules of the %s release', (rules, epsilon, initial) => {
    const { layers } = buildBackbone({ name: 'iresnet', depth: 18, rules }, faces);
    const norms = layers.filter((layer) => layer.kind === 'batchNorm');
    expect(new Set(norms.map((layer) => layer.epsilon))).toEqual(new Set([epsilon]));
    for (const layer of layers) if (layer.kind === 'conv') expect(layer.initial).toEqual(initial);
  });
});
