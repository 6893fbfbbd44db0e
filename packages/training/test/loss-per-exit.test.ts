import { buildBackbone } from '@hypersphere/backbones';
import { resolveLoss } from '@hypersphere/core-losses';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { expectClose } from '@hypersphere/testing';
import * as tf from '@tensorflow/tfjs';

import { lossPerExit } from '../src/loss-per-exit';

beforeAll(() => tf.setBackend('cpu'));

const network = buildBackbone({ name: 'small-resnet', width: 2, embeddingDim: 6, exits: 3 }, { height: 8, width: 8, channels: 1 });
const labels = tf.tensor1d([0, 0, 1, 1], 'int32');
// rows of no common length, so that an exit that sees another's values shows
const values = Array.from({ length: 24 }, (_, at) => Math.sin(3 * at + 1));
const embeddings = tf.tensor2d(values, [4, 6]);
const part = (exit: number): tf.Tensor2D => tf.tensor2d(values.filter((_, at) => Math.floor((at % 6) / 2) === exit), [4, 2]);

describe('lossPerExit', () => {
  it('is the sum of the losses of the parts, in value and gradient', () => {
    const loss = resolveLoss({ name: 'contrastive' });
    const one = (x: tf.Tensor2D): tf.Scalar => loss.entry.apply({ embeddings: x, labels, parameters: {}, state: {}, annealed: {}, draws: {}, options: loss.options }).loss;
    const all = (x: tf.Tensor): tf.Scalar => lossPerExit(loss, network).entry.apply({ embeddings: x as tf.Tensor2D, labels, parameters: {}, state: {}, annealed: {}, draws: {}, options: loss.options }).loss;
    const parts = [0, 1, 2].map(part);
    expectClose(all(embeddings), [parts.reduce((sum, x) => sum + (one(x).dataSync()[0] ?? NaN), 0)]);
    const wanted = tf.concat(parts.map((x) => tf.grad((y) => one(y as tf.Tensor2D))(x)), 1);
    expectClose(tf.grad(all)(embeddings), wanted.dataSync());
  });

  it('gives each exit parameters and state of its own', () => {
    const loss = resolveLoss({ name: 'magface' });
    const { entry, options } = lossPerExit(loss, network);
    const specs = entry.parameters(5, 6, options);
    expect(Object.entries(specs).map(([name, { shape }]) => [name, shape])).toEqual([
      ['exit1|prototypes', [5, 2]],
      ['exit2|prototypes', [5, 2]],
      ['exit3|prototypes', [5, 2]],
    ]);
    const plain = resolveLoss({ name: 'centerLoss' });
    const stateful = lossPerExit(plain, network);
    expect(Object.values(stateful.entry.state?.(5, 6, options) ?? {}).map(({ shape }) => shape)).toEqual(
      Object.values(plain.entry.state?.(5, 2, plain.options) ?? {}).flatMap(({ shape }) => [shape, shape, shape]),
    );
  });

  it('needs a network with exits', () => {
    const one = buildBackbone({ name: 'small-resnet', width: 2, embeddingDim: 6 }, network.input);
    expect(() => lossPerExit(resolveLoss({ name: 'contrastive' }), one)).toThrow(
      new RangeError('schedule.lossPerExit: small-resnet has one embedding; build it with exits above 1'),
    );
  });
});
