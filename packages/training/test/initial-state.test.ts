import { buildBackbone } from '@hypersphere/backbones';
import { resolveLoss, type LossConfig } from '@hypersphere/core-losses';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from '@jest/globals';

import { initialState, trainingLayout } from '../src/initial-state';

const classes = 40;

function start(config: LossConfig, seed: number): { values: Record<string, number[]>; groups: Record<string, string> } {
  const network = buildBackbone({ name: 'small-resnet', width: 2, embeddingDim: 6 }, { height: 8, width: 8, channels: 1 });
  const loss = resolveLoss(config);
  const layout = trainingLayout(network, { loss, classes });
  const vector = initialState(network, { loss, classes }, ['velocity'], seed).vector.dataSync();
  return {
    values: Object.fromEntries(layout.entries.map(({ name, offset, size }) => [name, Array.from(vector.subarray(offset, offset + size))])),
    groups: Object.fromEntries(layout.entries.map(({ name, decay }) => [name, decay])),
  };
}

describe('initialState', () => {
  const [a, b, other] = [start({ name: 'cosface' }, 3), start({ name: 'softmax' }, 3), start({ name: 'cosface' }, 4)];

  it('starts what two variants share with the same values, keyed by name', () => {
    const shared = Object.keys(a.values).filter((name) => name in b.values);
    expect(shared).toContain('loss:prototypes');
    for (const name of shared) expect(a.values[name]).toEqual(b.values[name]);
  });

  it('depends on the seed', () => {
    for (const name of ['stem.conv/kernel', 'embedding/kernel', 'loss:prototypes']) expect(a.values[name]).not.toEqual(other.values[name]);
  });

  it('draws prototypes uniformly in +-sqrt(6 / (c + d))', () => {
    const drawn = a.values['loss:prototypes'] ?? [];
    const limit = Math.sqrt(6 / (classes + 6));
    expect(Math.max(...drawn.map(Math.abs))).toBeLessThanOrEqual(limit);
    const meanSquare = drawn.reduce((sum, value) => sum + value * value, 0) / drawn.length;
    expect(meanSquare / (limit * limit)).toBeCloseTo(1 / 3, 1);
  });

  it('keeps the groups that weight decay asks for', () => {
    expect(b.groups).toMatchObject({
      'stem.conv/kernel': 'weight',
      'stem.conv.norm/gamma': 'normalisation',
      'embedding/bias': 'bias',
      'loss:prototypes': 'loss',
      'loss:bias': 'none',
    });
  });

  it('takes given values in place of drawn ones, of the loss those that fit', () => {
    const network = buildBackbone({ name: 'small-resnet', width: 2, embeddingDim: 6 }, { height: 8, width: 8, channels: 1 });
    const loss = resolveLoss({ name: 'softmax' });
    const entries = trainingLayout(network, { loss, classes }).entries;
    const given = () => ({ parameters: { 'embedding/bias': tf.fill([6], 2) }, statistics: { 'stem.conv.norm/mean': tf.fill([2], 3) }, lossParameters: { prototypes: tf.fill([classes, 6], 4), bias: tf.fill([classes + 1], 5), other: tf.scalar(6) } });
    const before = tf.memory().numTensors;
    const { vector, statistics, lossState } = initialState(network, { loss, classes }, [], 3, given());
    const values = vector.dataSync();
    const of = (name: string) => entries.flatMap((entry) => (entry.name === name ? Array.from(values.subarray(entry.offset, entry.offset + entry.size)) : []));
    expect(new Set(of('embedding/bias'))).toEqual(new Set([2]));
    expect(new Set(of('loss:prototypes'))).toEqual(new Set([4]));
    expect(of('loss:bias')).toEqual(b.values['loss:bias']);
    expect(of('stem.conv/kernel')).toEqual(b.values['stem.conv/kernel']);
    expect(Array.from(statistics['stem.conv.norm/mean']!.dataSync())).toEqual([3, 3]);
    expect(tf.memory().numTensors - before).toBe(1 + Object.keys(statistics).length + Object.keys(lossState).length);
  });
});
