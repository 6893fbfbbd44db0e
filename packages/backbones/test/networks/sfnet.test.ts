import { describe, expect, it } from '@jest/globals';

import { buildBackbone, describeNetwork, parameterCount, parameterSpecs } from '../../src';

const faces = { height: 112, width: 96, channels: 3 };

// convolutions, parameters and multiply-adds of Table 2 of SphereFace at 112x96x3, d = 512
describe.each([
  [4, false, 4, 12_562_496, 0.164],
  [10, false, 10, 15_217_984, 0.759],
  [20, false, 20, 22_666_944, 1.75],
  [36, false, 36, 32_771_392, 3.335],
  [64, false, 64, 48_186_816, 6.11],
  [64, true, 62, 47_891_648, 5.912],
] as const)('sfnet %i, released %s', (depth, released, convolutions, parameters, gigaMultiplyAdds) => {
  const network = buildBackbone({ name: 'sfnet', depth, released }, faces);

  it('has the size of the published network', () => {
    const rows = describeNetwork(network);
    expect(parameterCount(network)).toBe(parameters);
    expect(rows.filter(({ kind }) => kind === 'conv')).toHaveLength(convolutions);
    expect(rows.reduce((sum, row) => sum + row.multiplyAdds, 0) / 1e9).toBeCloseTo(gigaMultiplyAdds, 3);
  });
});

describe('sfnet', () => {
  it('halves the image four times and ends in a linear embedding', () => {
    const rows = describeNetwork(buildBackbone({ name: 'sfnet', depth: 20 }, faces));
    const shape = (layer: string) => rows.find((row) => row.layer === layer)?.output;
    expect(shape('stage1.unit1.add')).toEqual([56, 48, 64]);
    expect(shape('stage2.unit2.add')).toEqual([28, 24, 128]);
    expect(shape('stage3.unit4.add')).toEqual([14, 12, 256]);
    expect(shape('stage4.unit1.add')).toEqual([7, 6, 512]);
    expect(rows.at(-1)).toMatchObject({ layer: 'embedding', kind: 'dense', output: [512] });
  });

  it('adds the input of a unit to what follows the second PReLU, and puts nothing behind the sum', () => {
    const { layers } = buildBackbone({ name: 'sfnet', depth: 10 }, faces);
    const sum = layers.find(({ name }) => name === 'stage3.unit2.add');
    expect(sum?.inputs).toEqual(['stage3.unit1.add', 'stage3.unit2.prelu2']);
    const behind = layers.filter(({ inputs }) => inputs.includes('stage3.unit2.add'));
    expect(behind.map(({ name }) => name)).toEqual(['stage4.conv']);
  });

  it('doubles the rate of biases, which alone stay undecayed, and has none in the units', () => {
    const specs = parameterSpecs(buildBackbone({ name: 'sfnet', depth: 20 }, faces));
    const biases = specs.filter(({ decay }) => decay === 'bias');
    expect(biases.map(({ name }) => name)).toEqual(['stage1.conv/bias', 'stage2.conv/bias', 'stage3.conv/bias', 'stage4.conv/bias', 'embedding/bias']);
    expect(biases.every(({ learningRateMultiplier }) => learningRateMultiplier === 2)).toBe(true);
    const others = specs.filter(({ decay }) => decay !== 'bias');
    expect(others.every(({ learningRateMultiplier }) => learningRateMultiplier === 1)).toBe(true);
    expect(new Set(others.map(({ decay }) => decay))).toEqual(new Set(['weight', 'prelu']));
  });

  it('can be narrow, for other images, and end in a ReLU', () => {
    const network = buildBackbone({ name: 'sfnet', depth: 4, width: 8, embeddingDim: 32, lastRelu: true }, { height: 32, width: 40, channels: 1 });
    const rows = describeNetwork(network);
    expect(rows.find(({ layer }) => layer === 'flatten')?.output).toEqual([2 * 3 * 64]);
    expect(rows.at(-1)).toMatchObject({ kind: 'relu', inputs: ['embedding'], output: [32] });
    expect(network).toMatchObject({ output: 'embedding.relu', embeddingDim: 32 });
  });

  it('knows a released form of depth 64 only', () => {
    expect(() => buildBackbone({ name: 'sfnet', depth: 20, released: true }, faces)).toThrow(
      new RangeError('sfnet: released is about depth 64 only, got depth 20'),
    );
  });
});
