import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from '@jest/globals';
import { expectClose, onEachBackend } from '@hypersphere/testing';

import { describeNetwork, forward, toLayersModel } from '../../src';
import type { Layer, Network } from '../../src';
import golden from '../golden/pools.json';
import { startNative } from '../start-native';

/** The layer alone, its value flattened; vectors come in as images of one row. */
function network(layer: object, shape: readonly number[]): Network {
  const [height = 1, width = 1, channels = 1] = shape.length === 4 ? shape.slice(1) : [1, 1, ...shape.slice(1)];
  const vectors = shape.length === 2;
  const layers = [
    ...(vectors ? [{ kind: 'flatten', name: 'vectors', inputs: ['images'] }] : []),
    { ...layer, name: 'tested', inputs: [vectors ? 'vectors' : 'images'] },
  ] as Layer[];
  const shapeless = { name: 'one layer', input: { height, width, channels }, layers, output: 'tested', embeddingDim: 0 };
  const output = describeNetwork(shapeless).at(-1)?.output ?? [];
  if (output.length === 1) return { ...shapeless, embeddingDim: output[0] ?? 0 };
  const flat: Layer = { kind: 'flatten', name: 'flat', inputs: ['tested'] };
  return { ...shapeless, layers: [...layers, flat], output: 'flat', embeddingDim: output.reduce((size, side) => size * side, 1) };
}

onEachBackend('pools and vector layers', startNative, () => {
  describe.each(golden.cases)('$name', ({ layer, shape, x, y, outShape, upstream, grad }) => {
    const one = network(layer, shape);
    const images = (): tf.Tensor4D => tf.tensor4d(x, shape.length === 4 ? (shape as [number, number, number, number]) : [shape[0]!, 1, 1, shape[1]!]);
    const embedding = (given: tf.Tensor): tf.Tensor2D => forward(one, {}, {}, given, { training: false }).embedding;

    it('matches PyTorch in value and gradient', () => {
      const given = images();
      expect(describeNetwork(one).find((row) => row.layer === 'tested')?.output).toEqual(outShape.slice(1));
      expectClose(embedding(given), y, { rtol: 1e-5, atol: 1e-6 });
      const weights = tf.tensor2d(upstream, [shape[0]!, one.embeddingDim]);
      expectClose(tf.grad((value) => tf.sum(tf.mul(embedding(value), weights)))(given), grad, { rtol: 1e-4, atol: 1e-5 });
    });

    it('is the same in stock tfjs', () => {
      const model = toLayersModel(one, {}, {});
      expectClose(model.predict(images()) as tf.Tensor, y, { rtol: 1e-5, atol: 1e-6 });
      model.dispose();
    });
  });
});

it('partial normalisation leaves a vector of zeros as it is', () => {
  const one = network({ kind: 'partialNormalisation', beta: 0.5 }, [1, 3]);
  expectClose(forward(one, {}, {}, tf.zeros([1, 1, 1, 3]), { training: false }).embedding, [0, 0, 0]);
});

it.each<[object, string, number?]>([
  [{ kind: 'mixedPool', share: 1.5 }, "layer 'tested': share of the maximum must be 0 to 1, got 1.5"],
  [{ kind: 'maxPool', size: 2, stride: 2, padding: 2 }, "layer 'tested': padding must be at most half of size 2, got 2"],
  [{ kind: 'averagePool', size: 9, stride: 2 }, "layer 'tested': averagePool of 9 pixels does not fit into 8 pixels; use larger images"],
  [{ kind: 'maxPool', size: 5, stride: 3, rounding: 'up' }, "layer 'tested': no max pool of TensorFlow has windows of 5 pixels, stride 3 and padding 0 on 7 pixels", 7],
])('refuses %j', (layer, message, side = 8) => {
  expect(() => network(layer, [1, side, 8, 2])).toThrow(new RangeError(message));
});
