import { expect, it } from '@jest/globals';

import { buildBackbone, describeNetwork, parameterCount } from '../../src';

const digits = { height: 28, width: 28, channels: 1 };

it('mnist-cnn pools 28 to 14, 7 and 3 and embeds in two dimensions', () => {
  const rows = describeNetwork(buildBackbone({ name: 'mnist-cnn', width: 4 }, digits));
  expect(rows.filter(({ kind }) => kind === 'maxPool').map(({ output }) => output)).toEqual([[14, 14, 4], [7, 7, 8], [3, 3, 16]]);
  expect(rows.at(-1)).toMatchObject({ kind: 'dense', output: [2] });
});

it('mnist-cnn of width 32 has the layers of the centre loss paper', () => {
  // 5x5 kernels: 1-32-32, 64-64, 128-128, each with bias and PReLU slopes; then 3*3*128 -> 2 with bias
  const kernels = 25 * (1 * 32 + 32 * 32 + 32 * 64 + 64 * 64 + 64 * 128 + 128 * 128);
  const perChannel = 2 * 2 * (32 + 64 + 128);
  expect(parameterCount(buildBackbone({ name: 'mnist-cnn', width: 32 }, digits))).toBe(kernels + perChannel + 1152 * 2 + 2);
});

it('mnist-cnn can end in a ReLU, in three dimensions', () => {
  const network = buildBackbone({ name: 'mnist-cnn', embeddingDim: 3, lastRelu: true }, digits);
  expect(network.layers.at(-1)).toMatchObject({ kind: 'relu', inputs: ['embedding'] });
  expect(network.embeddingDim).toBe(3);
});

it('mnist-cnn says when images are too small', () => {
  expect(() => buildBackbone({ name: 'mnist-cnn' }, { height: 28, width: 7, channels: 1 })).toThrow(
    new RangeError("layer 'stage3.pool': maxPool of 2 pixels does not fit into 1 pixels; use larger images"),
  );
});
