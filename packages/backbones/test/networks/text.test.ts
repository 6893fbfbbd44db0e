import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { expectClose } from '@hypersphere/testing';

import { buildBackbone, describeNetwork, forward, parameterCount } from '../../src';
import { filledNetwork } from '../random-tensors';

beforeAll(() => tf.setBackend('cpu'));

describe('text-cnn', () => {
  it('has the sizes of SYSML: embedding 960,000, convolutions 2,260, projection 2,688', () => {
    const rows = describeNetwork(buildBackbone({ name: 'text-cnn', vocabulary: 30_000 }, { tokens: 256 }));
    const parameters = (layer: RegExp) => rows.reduce((sum, row) => sum + (layer.test(row.layer) ? row.parameters : 0), 0);
    expect([parameters(/^tokens$/), parameters(/^window\d$/), parameters(/^text$/)]).toEqual([960_000, 2260, 2688]);
    expect(rows.find(({ layer }) => layer === 'window5')?.output).toEqual([252, 5]);
    expect(rows.find(({ layer }) => layer === 'windows')?.output).toEqual([20]);
  });

  it('does not see what the row of the padding holds', () => {
    const { network, parameters, statistics, images } = filledNetwork({ name: 'text-cnn', vocabulary: 7, tokenDim: 3, embeddingDim: 4 }, { tokens: 9 });
    const kernel = parameters['tokens/kernel']!;
    const changed = tf.concat([tf.fill([1, 3], 9), tf.slice(kernel, [1, 0], [6, 3])]);
    const embedding = (values: tf.Tensor) => forward(network, { ...parameters, 'tokens/kernel': values }, statistics, images, { training: false }).embedding;
    expectClose(embedding(changed), embedding(kernel).dataSync());
    const gradient = tf.grad((values) => tf.sum(embedding(values)))(kernel).dataSync();
    expect([...gradient.subarray(0, 3)]).toEqual([0, 0, 0]);
    expect(gradient.subarray(3).some((value) => value !== 0)).toBe(true);
  });

  it('gives one place the gradient where all windows are padding', () => {
    const { network, parameters, statistics } = filledNetwork({ name: 'text-cnn', vocabulary: 7, tokenDim: 3, filters: 1, embeddingDim: 4 }, { tokens: 9 });
    const padding = tf.zeros([1, 9], 'int32');
    const windows = (bias: tf.Tensor) => forward({ ...network, output: 'windows', embeddingDim: 4 }, { ...parameters, 'window2/bias': bias }, statistics, padding, { training: false }).embedding;
    expectClose(tf.grad((bias) => tf.sum(windows(bias)))(tf.tensor1d([0.5])), [1]);
  });

  it('says when texts are too short', () => {
    expect(() => buildBackbone({ name: 'text-cnn' }, { tokens: 4 })).toThrow(
      new RangeError("layer 'window5': conv1d of 5 tokens does not fit into 4; use longer texts"),
    );
  });
});

it('ngram-bag is two linear maps of the features', () => {
  const network = buildBackbone({ name: 'ngram-bag' }, { features: 16_384 });
  expect(parameterCount(network)).toBe(16_384 * 128 + 128 + 128 * 64 + 64);
  expect(network.layers.map(({ kind }) => kind)).toEqual(['dropout', 'dense', 'relu', 'dense']);
});
