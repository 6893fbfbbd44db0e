import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { expectClose } from '@hypersphere/testing';

import { atTestTime, buildBackbone, forward, networkUpTo } from '../src';
import { filledNetwork } from './random-tensors';

beforeAll(() => tf.setBackend('cpu'));

const { network, parameters, statistics, images } = filledNetwork({ name: 'resnet', depth: 18, stem: 'cifar', width: 2 }, { height: 16, width: 16, channels: 3 });
const embed = (options: Parameters<typeof atTestTime>[1]) =>
  forward(atTestTime(network, options), parameters, statistics, images, { training: false }).embedding;

describe('atTestTime', () => {
  it('changes nothing where nothing is asked', () => expect(atTestTime(network, {})).toEqual(network));

  it('mixes maximum and mean, leaks, and keeps a part of the length', () => {
    const sum = networkUpTo({ ...network, layers: [...network.layers, { kind: 'flatten', name: 'sum', inputs: ['stage4.block2.add'] }] }, 'sum');
    const raw = tf.reshape(forward(sum, parameters, statistics, images, { training: false }).embedding, [3, 4, 16]);
    const leaky = tf.leakyRelu(raw, 0.75);
    const mixed = tf.add(tf.mul(0.6, tf.max(leaky, 1)), tf.mul(0.4, tf.mean(leaky, 1)));
    expectClose(embed({ maxShare: 0.6, slope: 0.75 }), mixed.dataSync());
    expectClose(embed({ maxShare: 0.6, slope: 0.75, beta: 0.1 }), tf.add(tf.div(mixed, tf.norm(mixed, 2, 1, true)), tf.mul(0.1, mixed)).dataSync());
  });

  it('leaks in every branch of the last inception block, and nowhere else', () => {
    const inception = buildBackbone({ name: 'bn-inception', width: 1 }, { height: 32, width: 32, channels: 3 });
    const leaks = atTestTime(inception, { slope: 0.5 }).layers.filter(({ kind }) => kind === 'leakyRelu').map(({ name }) => name);
    expect(leaks).toEqual(['single', 'branch1.conv1', 'branch2.conv2', 'projection'].map((branch) => `inception5b.${branch}.relu`));
  });

  it('needs a pool of that name', () => {
    expect(() => atTestTime(buildBackbone({ name: 'mnist-cnn' }, { height: 28, width: 28, channels: 1 }), {})).toThrow(
      new RangeError("atTestTime: mnist-cnn has no layer 'pool'"),
    );
  });
});
