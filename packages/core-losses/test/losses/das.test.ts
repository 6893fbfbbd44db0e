import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { contrastive, das, type DasOptions } from '../../src';
import { denselyAnchored, type AnchoredState } from '../../src/math/densely-anchored';
import generated from '../golden/das-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

type Tensors = Pick<DasOptions, 'counts' | 'memory' | 'scales' | 'choices'>;

describeGolden<DasOptions>('das', [generated], ({ embeddings, labels, named }, options) => das(embeddings, labels, { ...options, ...(named as unknown as Tensors) }));

onBackends('das', () => {
  const x = () => tf.tensor2d([[3, 1, 2, 0], [2, 1, 4, 0], [-0.3, 1.2, 2, 1], [-0.6, 0.7, 0.1, -1]]);
  const labelled = (...labels: number[]) => tf.tensor1d(labels, 'int32');
  const fresh = (n = 4, m = 3): Tensors => ({
    counts: tf.zeros([3, 4]),
    memory: tf.zeros([3, m, 5]),
    scales: tf.fill([2, n, 4], 0.75),
    choices: tf.fill([2, n], 0.4),
  });

  it('scales the frequent channels and adds a remembered difference', () => {
    tf.tidy(() => {
      const v = tf.tensor2d([[3, 1, 2, 0].map((e) => e / Math.sqrt(14)), [2, 1, 4, 0].map((e) => e / Math.sqrt(21))]);
      const draws = { scales: tf.tensor3d([[[2 / 3, 0.9, 0.2, 0.9], [0, 0, 0, 0]]]), choices: tf.tensor2d([[0.4, 0]]) };
      const state = { counts: tf.zeros([1, 4]), memory: tf.zeros([1, 5, 5]) } as AnchoredState;
      const settings = { channels: 2, lowScale: 0.5, highScale: 2, shift: 0.1 };
      const { produced, state: next } = denselyAnchored(v, labelled(0, 0), { ...state, ...draws }, settings);
      expectClose(next.counts, [[2, 0, 2, 0]]);
      expectClose(next.memory.slice([0, 0, 0], [1, 3, 5]), [[[-0.3653479453, -0.0490433517, 0.3383490771, 0, 1], [0.3653479453, 0.0490433517, -0.3383490771, 0, 1], [0, 0, 0, 0, 0]]]);
      expectClose(produced.slice([0, 0, 0], [1, 1, 4]), [[[0.9101440569, 0.2047630789, 0.3601525749, 0]]]);
    });
  });

  it('forgets the oldest differences first', () => {
    tf.tidy(() => {
      const first = das(x(), labelled(0, 0, 1, 2), fresh()).state as AnchoredState;
      const second = das(tf.add(x(), 1), labelled(0, 0, 2, 2), { ...fresh(), ...first }).state as AnchoredState;
      const kept = first.memory.arraySync();
      const now = second.memory.arraySync();
      expect(now[0]?.[2]).toEqual(kept[0]?.[0]); // two came, one of the old is left
      expect(now[1]).toEqual(kept[1]);
      expect(now[2]?.map((entry) => entry[4])).toEqual([1, 1, 0]);
    });
  });

  it('remembers nothing of equal examples and of classes with one', () => {
    tf.tidy(() => {
      const equal = tf.tile(x().slice(0, 1), [4, 1]);
      expectClose((das(equal, labelled(0, 0, 1, 2), fresh()).state as AnchoredState).memory, tf.zeros([3, 3, 5]));
    });
  });

  it('is its host with one class, and gives an example without another of its class positives', () => {
    tf.tidy(() => {
      expectClose(das(x(), labelled(1, 1, 1, 1), fresh()).loss, 0);
      const scaled = { ...fresh(), lowScale: 0.5, highScale: 2, channels: 2 };
      const one = x().slice(0, 1);
      expectClose(contrastive(one, labelled(0)).loss, 0);
      // two copies that are equal: four ordered pairs of a real and a produced row, since the channels become 1.625 times as large
      const [u, scaledBy] = [[3, 1, 2, 0], 1.625];
      const moved = u.map((e, at) => (at % 2 === 0 ? scaledBy * e : e));
      const norm = (row: number[]) => Math.hypot(...row);
      const far = Math.sqrt(2 - (2 * u.reduce((sum, e, at) => sum + e * moved[at]!, 0)) / norm(u) / norm(moved));
      expectClose(das(one, labelled(0), { ...scaled, ...fresh(1), host: 'contrastive' }).loss, far);
    });
  });

  it('stops the gradient of produced embeddings, but not where it is told not to', () => {
    tf.tidy(() => {
      const wide = { lowScale: 0.5, highScale: 2, shift: 0.1, channels: 2 };
      const of = (detach: boolean) => (e: tf.Tensor) => das(e as tf.Tensor2D, labelled(0, 0, 1, 1), { ...fresh(), ...wide, detach }).loss;
      const [stopped, full] = [tf.grad(of(true))(x()), tf.grad(of(false))(x())];
      expectClose(of(true)(x()), of(false)(x()));
      expect(tf.max(tf.abs(tf.sub(stopped, full))).dataSync()[0]).toBeGreaterThan(1e-3);
    });
  });

  it('says what does not fit', () => {
    tf.tidy(() => {
      const said = (wrong: Partial<Tensors>) => () => das(x(), labelled(0, 0, 1, 1), { ...fresh(), ...wrong });
      expect(said({ counts: tf.zeros([3, 5]) })).toThrow(new RangeError('das: counts must be [3,4] to match embeddings [4,4], got [3,5]'));
      expect(said({ memory: tf.zeros([2, 3, 5]) })).toThrow(new RangeError('das: memory must be [3,3,5] to match embeddings [4,4] and counts [3,4], got [2,3,5]'));
      expect(said({ scales: tf.zeros([2, 3, 4]) })).toThrow(new RangeError('das: scales must be [2,4,4] to match embeddings [4,4], got [2,3,4]'));
      expect(said({ choices: tf.zeros([1, 4]) })).toThrow(new RangeError('das: choices must be [2,4] to match scales [2,4,4], got [1,4]'));
    });
  });
});
