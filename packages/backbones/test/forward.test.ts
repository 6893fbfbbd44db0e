import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from '@jest/globals';
import { expectClose, expectTensorsLeft, onEachBackend } from '@hypersphere/testing';

import { dropoutMaskShapes, forward, parameterSpecs } from '../src';
import type { ForwardMode, Layer } from '../src';
import { finishNetwork } from '../src/layer-list';
import golden from './golden/forward.json';
import { goldenNetwork } from './golden-network';
import { startNative } from './start-native';
import { filledNetwork } from './random-tensors';
import { tinyNetworks } from './tiny-networks';

const tensors = (values: Record<string, number[]>, shapes: Record<string, number[]> = {}): Record<string, tf.Tensor> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, tf.tensor(value, shapes[name] ?? [value.length])]));

onEachBackend('forward', startNative, (backend) => {
  // TensorFlow's sums differ from float64 by a little more
  const tolerance = { rtol: 1e-4, atol: 2e-5 };

  describe.each(['training', 'evaluation'] as const)('in %s', (phase) => {
    const mode = (): ForwardMode =>
      phase === 'evaluation'
        ? { training: false }
        : { training: true, momentum: golden.momentum, dropoutMasks: { drop: tf.tensor(golden.mask, [3, 4]) } };
    const inputs = () => ({
      parameters: tensors(golden.parameters, golden.shapes),
      statistics: tensors(golden.statistics),
      images: tf.tensor4d(golden.images, [3, 8, 5, 2]),
    });

    it('matches the float64 embedding and running statistics', () => {
      const { parameters, statistics, images } = inputs();
      const output = forward(goldenNetwork, parameters, statistics, images, mode());
      expectClose(output.embedding, golden[phase].embedding, tolerance);
      expect(Object.keys(output.statistics).sort()).toEqual(Object.keys(golden.statistics).sort());
      for (const [name, value] of Object.entries(golden[phase].statistics)) expectClose(output.statistics[name]!, value, tolerance);
    });

    it('matches the float64 gradient of every parameter and of the images', () => {
      const { parameters, statistics, images } = inputs();
      const names = Object.keys(parameters);
      const upstream = tf.tensor2d(golden.upstream, [3, 4]);
      const loss = (...args: tf.Tensor[]): tf.Scalar => {
        const given = Object.fromEntries(names.map((name, at) => [name, args[at]!]));
        const { embedding } = forward(goldenNetwork, given, statistics, args.at(-1) as tf.Tensor4D, mode());
        return tf.sum(tf.mul(embedding, upstream));
      };
      const gradients = tf.grads(loss)([...Object.values(parameters), images]);
      const wanted: Record<string, number[]> = golden[phase].gradients;
      for (const [at, name] of names.entries()) expectClose(gradients[at]!, wanted[name], tolerance);
      expectClose(gradients.at(-1)!, golden[phase].gradImages, tolerance);
    });
  });

  describe.each(tinyNetworks)('$title', ({ config, input }) => {
    it('leaves only embedding and statistics behind', () => {
      const { network, parameters, statistics, images, dropoutMasks } = filledNetwork(config, input);
      expectTensorsLeft(1, () => forward(network, parameters, statistics, images, { training: false }));
      const moved = network.layers.filter((layer) => layer.kind === 'batchNorm' && (layer.frozen ?? 'none') === 'none');
      const perStep = 1 + 2 * moved.length;
      expectTensorsLeft(perStep, () =>
        forward(network, parameters, statistics, images, { training: true, momentum: 0.9, dropoutMasks }),
      );
      for (const tensor of [images, ...Object.values(parameters), ...Object.values(statistics)]) expect(tensor.isDisposed).toBe(false);
    });

    it('gives every parameter a gradient of its shape', () => {
      const { network, parameters, statistics, images, dropoutMasks } = filledNetwork(config, input);
      const specs = parameterSpecs(network);
      expect(specs.map(({ name }) => name)).toEqual(Object.keys(parameters));
      const loss = (...args: tf.Tensor[]): tf.Scalar => {
        const given = Object.fromEntries(specs.map(({ name }, at) => [name, args[at]!]));
        const mode = { training: true, momentum: 0.9, dropoutMasks } as const;
        return tf.sum(tf.cos(forward(network, given, statistics, images, mode).embedding));
      };
      const { value, grads } = tf.valueAndGrads(loss)(specs.map(({ name }) => parameters[name]!));
      expect(Number.isFinite(value.dataSync()[0])).toBe(true);
      expect(grads.map(({ shape }) => shape)).toEqual(specs.map(({ shape }) => shape));
      for (const gradient of grads) expect(gradient.dataSync().every(Number.isFinite)).toBe(true);
    });
  });

  it(`runs on ${backend}`, () => expect(tf.getBackend()).toBe(backend));
});

it('forward lets go of values that no later layer needs', async () => {
  const peakOf = async (depth: number): Promise<number> => {
    const names = ['images', ...Array.from({ length: depth }, (_, at) => `relu${at}`)];
    const layers = names.slice(1).map((name, at): Layer => ({ kind: 'relu', name, inputs: [names[at]!] }));
    const network = finishNetwork('chain', { height: 8, width: 8, channels: 1 }, [...layers, { kind: 'flatten', name: 'flat', inputs: [names[depth]!] }], 'flat');
    const images = tf.zeros<tf.Rank.R4>([2, 8, 8, 1]);
    const before = tf.memory().numBytes;
    const { peakBytes } = await tf.profile(() => forward(network, {}, {}, images, { training: false }).embedding);
    return peakBytes - before;
  };
  expect(await peakOf(30)).toBe(await peakOf(3));
});

it('forward needs no mask where nothing is dropped', () => {
  const layers: Layer[] = [
    { kind: 'flatten', name: 'flat', inputs: ['images'] },
    { kind: 'dropout', name: 'drop', inputs: ['flat'], rate: 0 },
  ];
  const network = finishNetwork('plain', { height: 1, width: 2, channels: 1 }, layers, 'drop');
  expect(dropoutMaskShapes(network, 1)).toEqual({});
  const images = tf.tensor4d([3, 4], [1, 1, 2, 1]);
  expectClose(forward(network, {}, {}, images, { training: true, momentum: 0.9 }).embedding, [3, 4]);
});

describe('forward refuses', () => {
  const { network, parameters, statistics, images, dropoutMasks } = filledNetwork(tinyNetworks[3]!.config, tinyNetworks[3]!.input);

  it('images of another size', () => {
    const wrong = tf.zeros<tf.Rank.R4>([3, 16, 16, 1]);
    expect(() => forward(network, parameters, statistics, wrong, { training: false })).toThrow(
      new RangeError('iresnet-18: images must be [n, 16, 20, 1], got [3,16,16,1]'),
    );
  });

  it('a missing parameter', () => {
    expect(() => forward(network, { 'a/kernel': images }, { 'b/mean': images }, images, { training: false })).toThrow(
      new RangeError("iresnet-18: parameter or statistic 'stem.conv/kernel' is missing; got a/kernel, b/mean"),
    );
  });

  it('training without a dropout mask', () => {
    expect(Object.keys(dropoutMasks)).toEqual(['dropout']);
    expect(() => forward(network, parameters, statistics, images, { training: true, momentum: 0.9 })).toThrow(
      new RangeError("iresnet-18: dropout mask 'dropout' is missing; got none"),
    );
  });

  it('a layer whose input does not come earlier', () => {
    const loose = { ...goldenNetwork, layers: goldenNetwork.layers.slice(1) };
    expect(() => forward(loose, {}, {}, tf.zeros([1, 8, 5, 2]), { training: false })).toThrow(
      new RangeError("forward: layer 'stem.norm' needs 'stem', which no earlier layer is"),
    );
  });
});
